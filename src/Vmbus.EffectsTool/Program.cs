using Vmbus.EffectsTool;

return EffectsCommandLine.Run(args, Console.Out, Console.Error);
