namespace VolunteerHub.Domain.Rosters.GroupLists;

/// <summary>What becomes of somebody whom a line names.</summary>
public enum GroupRowState
{
    /// <summary>Person and post are known.</summary>
    Ready,

    /// <summary>Several people may be meant.</summary>
    WhoIsMeant,

    /// <summary>Nobody of that name is known.</summary>
    Unknown,

    /// <summary>The person is known, the post is not.</summary>
    WhichPost,

    /// <summary>The line says perhaps.</summary>
    Unsure,

    /// <summary>Does not come.</summary>
    Cancelled,

    /// <summary>Stands in the list before.</summary>
    Twice,

    /// <summary>Set aside by whoever looks it over.</summary>
    SetAside,

    /// <summary>A line of which nobody can tell whom it names.</summary>
    NotUnderstood,
}

/// <summary>One person in one line.</summary>
/// <param name="Line">Of the text, from 1.</param>
/// <param name="Part">Which of several people in the line, from 0.</param>
public readonly record struct GroupRowKey(int Line, int Part);

/// <summary>What whoever looks a list over has said of a row. All of it may be missing.</summary>
/// <param name="Who">The person, chosen among those who come into question or any other.</param>
/// <param name="Post">The post.</param>
/// <param name="Aside">Whether it is left out.</param>
/// <param name="Reason">Why soft rules are set aside.</param>
/// <param name="Come">Whether somebody who said perhaps is taken.</param>
public sealed record GroupDecision(VolunteerId? Who = null, PostId? Post = null, bool Aside = false, string? Reason = null, bool Come = false);

/// <summary>A row of a list that is looked over.</summary>
/// <param name="Key">Which it is.</param>
/// <param name="Text">The line as it was pasted.</param>
/// <param name="Entry">What it says; null for a line that is not understood.</param>
/// <param name="State">What becomes of it.</param>
/// <param name="Match">Whom it may mean.</param>
/// <param name="Who">The person, where one is settled on.</param>
/// <param name="Place">The post, where one is settled on.</param>
/// <param name="Guessed">Whether the post was guessed and not said.</param>
public sealed record GroupRow(GroupRowKey Key, string Text, GroupEntry? Entry, GroupRowState State, NameMatch Match, GroupPerson? Who, GroupPlace? Place, bool Guessed);

/// <summary>Settles who in a list comes to which post: what lines say, what was decided, and else the post that suits.</summary>
public static class GroupListPlan
{
    /// <param name="lines">The list as it was read.</param>
    /// <param name="matcher">Who may be meant.</param>
    /// <param name="people">Everybody who may be chosen.</param>
    /// <param name="places">The posts, in their order.</param>
    /// <param name="decisions">What was said of rows.</param>
    public static IReadOnlyList<GroupRow> Of(
        IReadOnlyList<GroupLine> lines, NameMatcher matcher, IReadOnlyList<GroupPerson> people, IReadOnlyList<GroupPlace> places,
        IReadOnlyDictionary<GroupRowKey, GroupDecision> decisions)
    {
        var byId = people.ToDictionary(p => p.Id);
        var rows = new List<(GroupRow Row, GroupLine Line)>();
        foreach (var line in lines.Where(l => l.Kind is GroupLineKind.Entry or GroupLineKind.Cancelled or GroupLineKind.NotUnderstood))
        {
            // A line that is not understood can still be told by hand.
            var entries = line.Entries.Count > 0 ? line.Entries.ToList<GroupEntry?>() : [null];
            foreach (var (part, entry) in entries.Index())
            {
                var key = new GroupRowKey(line.Number, part);
                var said = decisions.GetValueOrDefault(key);
                var match = entry is null ? NameMatch.Nobody : matcher.Match(entry);
                var who = said?.Who is { } chosen ? byId.GetValueOrDefault(chosen) : match.Sure?.Person;
                rows.Add((new GroupRow(key, line.Text, entry, State(line, entry, said, match, who), match, who, null, false), line));
            }
        }

        return Placed(rows, places, decisions);
    }

    private static GroupRowState State(GroupLine line, GroupEntry? entry, GroupDecision? said, NameMatch match, GroupPerson? who)
    {
        if (said?.Aside == true) return GroupRowState.SetAside;
        if (line.Kind == GroupLineKind.Cancelled) return GroupRowState.Cancelled;
        if (entry is null && who is null) return GroupRowState.NotUnderstood;
        if (who is null) return match.IsUnknown ? GroupRowState.Unknown : GroupRowState.WhoIsMeant;
        return entry?.IsUnsure == true && said?.Come != true ? GroupRowState.Unsure : GroupRowState.Ready;
    }

    private static List<GroupRow> Placed(List<(GroupRow Row, GroupLine Line)> rows, IReadOnlyList<GroupPlace> places, IReadOnlyDictionary<GroupRowKey, GroupDecision> decisions)
    {
        var free = places.ToDictionary(p => p.PostId, p => p.Free);
        var done = new List<GroupRow>();
        // Whoever takes a name back below means the line above, of the same time where one is told.
        var takenBack = rows.Where(r => r.Row is { State: GroupRowState.Cancelled, Who: not null }).Select(r => (r.Row.Who!.Id, r.Line)).ToList();
        foreach (var (row, line) in rows)
        {
            if (row.Who is not { } who || row.State is not (GroupRowState.Ready or GroupRowState.Unsure))
            {
                done.Add(row);
                continue;
            }

            var chosen = decisions.GetValueOrDefault(row.Key)?.Post;
            var place = chosen is { } post ? places.FirstOrDefault(p => p.PostId == post) : GroupPlaces.Guess(line.Hints, who, places, free);
            var placed = row with { Place = place, Guessed = chosen is null && place is not null && line.Hints.Post is null };
            if (takenBack.Exists(t => t.Id == who.Id && t.Line.Number > line.Number && GroupPlaces.MayMean(t.Line.Hints, place))) placed = placed with { State = GroupRowState.Cancelled };
            else if (place is null) placed = placed with { State = GroupRowState.WhichPost };
            else if (done.Exists(d => d.Who?.Id == who.Id && d.State is GroupRowState.Ready or GroupRowState.Unsure && d.Place is { } other && other.RunId == place.RunId && other.From == place.From)) placed = placed with { State = GroupRowState.Twice };
            else if (placed.State == GroupRowState.Ready) free[place.PostId]--;
            done.Add(placed);
        }

        return done;
    }
}

/// <summary>Which posts a text may mean.</summary>
public static class GroupPlaces
{
    /// <summary>
    /// The post that suits what was said and who comes: of those that are meant, first one that asks for what the person is, then one
    /// that asks for nothing; one with room before one without. Null where several runs remain, or none.
    /// </summary>
    /// <param name="hints">What was said.</param>
    /// <param name="who">Who comes.</param>
    /// <param name="places">All posts, in their order.</param>
    /// <param name="free">Room on each, with what was placed before taken off.</param>
    public static GroupPlace? Guess(GroupHints hints, GroupPerson who, IReadOnlyList<GroupPlace> places, IReadOnlyDictionary<PostId, int> free)
    {
        var meant = places.Where(p => MayMean(hints with { From = null, To = null }, p)).ToList();
        // A time that no shift has is when somebody comes, not which shift is meant.
        if (hints.From is { } from && meant.FindAll(p => p.From == from) is { Count: > 0 } timed) meant = timed;
        if (hints.Post is null) meant = meant.FindAll(p => p.Qualification is null || who.Qualifications.Contains(p.Qualification));
        if (meant.Select(p => p.RunId).Distinct().Count() > 1 || meant.Select(p => p.From).Distinct().Count() > 1) return null;
        return meant.OrderBy(p => free[p.PostId] > 0 ? 0 : 1).ThenBy(p => p.Qualification is null ? 1 : 0).FirstOrDefault();
    }

    /// <summary>Whether what was said may mean this post; what was not said excludes nothing.</summary>
    public static bool MayMean(GroupHints hints, GroupPlace? place) => place is null
        || (hints.Day is null || (hints.Month, hints.Day) == (place.Day.Month, place.Day.Day))
        && (hints.Weekday is null || hints.Day is not null || hints.Weekday == place.Day.DayOfWeek)
        && (hints.From is null || hints.From == place.From)
        && (hints.Run is null || hints.Run == place.Title)
        && (hints.Post is null || hints.Post == HintReader.Plain(place.Post));
}
