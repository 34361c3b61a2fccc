using Vmbus.Observation.Benchmarks;

// What watching and many channels cost. Run it with: dotnet run -c Release --project benchmarks/Vmbus.Observation.Benchmarks -- observation | sample [rounds] | channels [count]
switch (args)
{
    case ["observation", .. var rest]:
        ExchangeCost.Run(rest is [var rounds] ? int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture) : 15);
        return 0;
    case ["sample", .. var rest]:
        SampleCost.Run(requests: 20_000, rest is [var times] ? int.Parse(times, System.Globalization.CultureInfo.InvariantCulture) : 15);
        return 0;
    case ["channels", .. var rest]:
        ChannelCost.Run(rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 10_000);
        return 0;
    default:
        Console.Error.WriteLine("usage: observation [rounds] | sample [rounds] | channels [count]");
        return 2;
}
