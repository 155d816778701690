namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>A word that people put behind a name, or a surname: 姐, 医生.</summary>
/// <param name="Word">The word.</param>
/// <param name="Woman">Whether it is said to women, or to men; null where to both.</param>
/// <param name="Qualification">A part of the name of the qualification that it speaks of; null where of none.</param>
public sealed record NameTitle(string Word, bool? Woman = null, string? Qualification = null);

/// <summary>The words by which a 接龙 of a WeChat group is read. They are data, so that a community can add its own.</summary>
public sealed record GroupListWords
{
    /// <summary>Surnames, those of two characters among them.</summary>
    public required IReadOnlyList<string> Surnames { get; init; }

    public required IReadOnlyList<NameTitle> Titles { get; init; }

    /// <summary>What stands before a surname: 小, 老.</summary>
    public required IReadOnlyList<string> Prefixes { get; init; }

    /// <summary>Words that say yes.</summary>
    public required IReadOnlyList<string> Yes { get; init; }

    /// <summary>Words that take a name back.</summary>
    public required IReadOnlyList<string> No { get; init; }

    /// <summary>Words that leave it open.</summary>
    public required IReadOnlyList<string> Unsure { get; init; }

    /// <summary>Words that begin a remark: 晚到, 带.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Signs for yes and for no.</summary>
    public required string YesSigns { get; init; }

    public required string NoSigns { get; init; }

    /// <summary>What stands between two names: 和, 跟.</summary>
    public required IReadOnlyList<string> Joiners { get; init; }

    /// <summary>What stands behind several names: 两人, 都.</summary>
    public required IReadOnlyList<string> Together { get; init; }

    /// <summary>替, 帮: who writes is not who comes.</summary>
    public required IReadOnlyList<string> For { get; init; }

    /// <summary>报名, 报: what is done for somebody.</summary>
    public required IReadOnlyList<string> Enters { get; init; }

    /// <summary>代报: stands behind who wrote it, in brackets.</summary>
    public required IReadOnlyList<string> EnteredBy { get; init; }

    /// <summary>Whoever writes, in own words.</summary>
    public required IReadOnlyList<string> Self { get; init; }

    /// <summary>What the frame of a 接龙 consists of: its head, its example, its foot.</summary>
    public required IReadOnlyList<string> Frames { get; init; }

    /// <summary>What may follow the name of a post: 岗.</summary>
    public required IReadOnlyList<string> PostEndings { get; init; }

    /// <summary>What follows a number that counts something, so that it is no running number.</summary>
    public required string Counters { get; init; }

    /// <summary>一 to 十.</summary>
    public required string Numerals { get; init; }

    public required string Year { get; init; }

    public required string Month { get; init; }

    /// <summary>What marks the day of a month, one character each.</summary>
    public required string Day { get; init; }

    /// <summary>What stands before a day of the week.</summary>
    public required IReadOnlyList<string> Week { get; init; }

    /// <summary>Monday to Sunday, and Sunday's other name.</summary>
    public required string Weekdays { get; init; }

    public required string Hour { get; init; }

    public required string Half { get; init; }

    public required string Minute { get; init; }

    /// <summary>Parts of the day after noon, whose hours count from twelve.</summary>
    public required IReadOnlyList<string> Afternoon { get; init; }

    public required IReadOnlyList<string> Forenoon { get; init; }

    /// <summary>What stands between the two ends of a span.</summary>
    public required string Until { get; init; }
}
