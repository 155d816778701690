namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>What a line of a 接龙 turned out to be.</summary>
public enum GroupLineKind
{
    /// <summary>Nothing, or a number with nothing behind it.</summary>
    Empty,

    /// <summary>What the group's program or the asker put around the list.</summary>
    Frame,

    /// <summary>Tells which run, time or post the lines below are for.</summary>
    Heading,

    /// <summary>Names somebody who comes.</summary>
    Entry,

    /// <summary>Names somebody who does not come, or not any more.</summary>
    Cancelled,

    /// <summary>Could be meant for an entry, and nobody can tell whose.</summary>
    NotUnderstood,
}

/// <summary>What a text says of the place it means. All of it may be missing.</summary>
/// <param name="Month">With <paramref name="Day"/>.</param>
/// <param name="Day">Of the month.</param>
/// <param name="Weekday">Day of the week.</param>
/// <param name="From">Start, by the wall clock.</param>
/// <param name="To">End, by the wall clock.</param>
/// <param name="Post">Name of a post.</param>
/// <param name="Run">Title of a run.</param>
public sealed record GroupHints(int? Month = null, int? Day = null, DayOfWeek? Weekday = null, TimeOnly? From = null, TimeOnly? To = null, string? Post = null, string? Run = null)
{
    public static readonly GroupHints None = new();

    public bool IsEmpty => this == None;

    /// <summary>This below that heading: what it says itself goes first, and another day or run ends what was said of times and posts before.</summary>
    public GroupHints Under(GroupHints above)
    {
        var newRun = Run is not null && Run != above.Run;
        var newDay = Day is not null && (Month, Day) != (above.Month, above.Day) || Weekday is not null && Day is null && Weekday != above.Weekday;
        var newTime = From is not null && From != above.From;
        var day = newDay || Day is not null ? (Month, Day, Weekday) : newRun ? (null, null, null) : (above.Month, above.Day, above.Weekday);
        var time = newTime ? (From, To) : newDay || newRun ? (null, null) : (above.From, above.To);
        return new(day.Item1, day.Item2, day.Item3, time.Item1, time.Item2, Post ?? (newRun || newDay || newTime ? null : above.Post), Run ?? (newDay ? null : above.Run));
    }
}

/// <summary>Somebody whom a line names.</summary>
/// <param name="Name">As it is written, without what stands around it; empty where only a number names the person.</param>
/// <param name="Number">志愿者编号 beside it.</param>
/// <param name="PhoneTail">The last four digits of a phone number beside it.</param>
/// <param name="Note">What else the line says.</param>
/// <param name="By">Who wrote it for them (替张姐报).</param>
/// <param name="IsUnsure">Whether the line leaves it open.</param>
public sealed record GroupEntry(string Name, string? Number = null, string? PhoneTail = null, string? Note = null, string? By = null, bool IsUnsure = false);

/// <summary>A line of a 接龙.</summary>
/// <param name="Number">Of the line in the text, from 1.</param>
/// <param name="Text">As it was pasted.</param>
/// <param name="Kind">What it turned out to be.</param>
/// <param name="Ordinal">Its running number; null where it has none.</param>
/// <param name="Entries">Whom it names.</param>
/// <param name="Hints">What it says of the place, headings above included.</param>
public sealed record GroupLine(int Number, string Text, GroupLineKind Kind, int? Ordinal, IReadOnlyList<GroupEntry> Entries, GroupHints Hints);
