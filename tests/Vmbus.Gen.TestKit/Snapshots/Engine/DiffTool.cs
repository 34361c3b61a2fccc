using DiffEngine;

namespace Vmbus.Gen.TestKit.Snapshots.Engine;

/// <summary>Shows a difference to a person, where there is one who looks and a tool that shows it.</summary>
internal static class DiffTool
{
    public static void Show(string received, string verified)
    {
        if (DiffRunner.Disabled || BuildServerDetector.Detected || ContinuousTestingDetector.Detected || !DiffTools.TryFindByExtension(".cs", out _))
        {
            return;
        }

        DiffRunner.Launch(received, verified);
    }
}
