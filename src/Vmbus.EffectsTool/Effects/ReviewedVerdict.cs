namespace Vmbus.EffectsTool.Effects;

/// <summary>What a reviewer decided about members, where the calls alone do not tell.</summary>
internal enum ReviewedVerdict
{
    /// <summary>It blocks in the ordinary way, and so do those who call it.</summary>
    Does,

    /// <summary>It blocks in the ordinary way; those in the framework who call it do so where that is no ordinary way.</summary>
    Alone,

    /// <summary>It may block; it takes no caller over the border.</summary>
    May,

    /// <summary>It does not block, and nothing that it calls counts.</summary>
    Never,
}
