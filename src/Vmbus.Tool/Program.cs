using Vmbus.Tool;

return VmbusCommandLine.Run(args, Console.Out, Console.Error);
