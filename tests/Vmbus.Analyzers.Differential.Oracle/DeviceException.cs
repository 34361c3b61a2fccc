namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>The other exception that calls may raise; programs never throw it themselves.</summary>
public sealed class DeviceException() : Exception("The device failed.");
