namespace Vmbus.Docs.Tests;

/// <summary>A fence of C# code on a page.</summary>
/// <param name="File">The name of the file that the code is.</param>
/// <param name="Line">The line on the page where the code begins, from 1.</param>
/// <param name="Code">The code.</param>
/// <param name="Support">Code that the block needs and the page does not show.</param>
/// <param name="With">Files of the same page that are compiled with it.</param>
/// <param name="Reports">The rules that report something in it, in the order of the places; several times the same for several places.</param>
/// <param name="IsUnsafe">Whether it needs unsafe code to be allowed.</param>
/// <param name="Output">What it prints when it runs; null where the page does not say.</param>
internal sealed record CodeBlock(
    string File, int Line, string Code, string? Support, IReadOnlyList<string> With, IReadOnlyList<string> Reports, bool IsUnsafe, string? Output);
