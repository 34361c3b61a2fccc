using System.Globalization;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Generators;
using Vmbus.Generator.Benchmarks;

// What a keystroke costs: the generator after an edit, beside the least that a generator on ForAttributeWithMetadataName costs after the same edit.
const int WarmUp = 30;
int edits = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 40;
Console.WriteLine($"{"files",5} {"classes",7} {"handlers",8}  {"edit",-12} {"floor",10} {"generator",10} {"over the floor, a handler",26} {"floor",10} {"generator",10} {"over, a handler",16}");
foreach ((int files, int classes, int handlers) in new[] { (1000, 100, 1), (1000, 100, 10), (1000, 1000, 1), (1000, 1000, 10) })
{
    HandlerProject project = new(files + (classes == files ? 1 : 0), classes, handlers);
    foreach (HandlerProject.EditKind kind in Enum.GetValues<HandlerProject.EditKind>())
    {
        EditedDriver floor = new(new IdentityGenerator(), project);
        EditedDriver generator = new(new ChannelCallbacksGenerator(), project);
        for (int edit = 1; edit <= WarmUp + edits; edit++)
        {
            SyntaxTree tree = project.Edited(kind, edit);
            foreach (EditedDriver driver in edit % 2 == 0 ? new[] { floor, generator } : [generator, floor])
            {
                driver.Run(tree, project.IndexOf(kind), counts: edit > WarmUp);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{files,5} {classes,7} {handlers,8}  {kind,-12} {floor.Microseconds,7:0} us {generator.Microseconds,7:0} us {(generator.Microseconds - floor.Microseconds) / project.Handlers,23:+0.0;-0.0} us {floor.Bytes / 1024,6:0} KiB {generator.Bytes / 1024,6:0} KiB {(generator.Bytes - floor.Bytes) / project.Handlers / 1024,12:+0.00;-0.00} KiB"));
    }
}
