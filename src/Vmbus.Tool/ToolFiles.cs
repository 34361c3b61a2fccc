using System.Text;

namespace Vmbus.Tool;

/// <summary>Files that commands are given, with errors that name them.</summary>
internal static class ToolFiles
{
    /// <summary>Refuses an input file that is not there.</summary>
    /// <exception cref="ToolException">It is not.</exception>
    public static void Require(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ToolException(ExitCode.NoInput, $"{path} is a folder; name a file in it.");
        }

        if (!File.Exists(path))
        {
            throw new ToolException(ExitCode.NoInput, $"There is no file {path}. Check the name, or create it first.");
        }
    }

    /// <summary>Refuses an output file whose folder is not there, before the work whose result it is to take.</summary>
    /// <exception cref="ToolException">There is no such folder.</exception>
    public static void RequireFolderOf(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new ToolException(ExitCode.CannotCreate, $"{path} cannot be written: there is no folder {folder}. Name a file in a folder that exists and that you may write to.");
        }
    }

    /// <summary>Runs what reads or maps an input file.</summary>
    /// <exception cref="ToolException">It is not there or cannot be read.</exception>
    public static T Read<T>(string path, Func<string, T> read)
    {
        Require(path);
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.NoInput, $"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes an output file as UTF-8. One that has this text already keeps its time stamp, so that nothing which depends on it is made again.</summary>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            if (!File.Exists(path) || File.ReadAllText(path) != text)
            {
                File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.CannotCreate, $"{path} cannot be written: {e.Message} Name a file in a folder that exists and that you may write to.", e);
        }
    }
}
