namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>How sure it is that a member blocks. The numbers stand in the table.</summary>
internal enum BlockingGrade
{
    /// <summary>It does when it is called in the ordinary way.</summary>
    Does = 0,

    /// <summary>It may: a cache that locks once, a short lock inside, a virtual member that somebody may override with one that blocks.</summary>
    May = 1,
}
