using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>A row of a pasted list, with what the roster would answer.</summary>
/// <param name="Row">Who, and for which post.</param>
/// <param name="Against">What would be refused; null where nothing would, or where nothing is asked yet.</param>
public sealed record GroupRowView(GroupRow Row, Refusal? Against)
{
    public bool IsReady => Row is { State: GroupRowState.Ready, Who: not null, Place: not null };

    /// <summary>The person has this very seat: there is nothing to do.</summary>
    public bool IsThere => IsReady && Against is AlreadyOnShift there && there.Post == Row.Place!.Post;

    public bool IsTooMany => IsReady && Against is PostIsFull;

    /// <summary>Only what a leader may set aside stands against it.</summary>
    public ReasonNeeded? Needs => IsReady ? Against as ReasonNeeded : null;

    public bool WillCome => IsReady && Against is null;

    /// <summary>Whether somebody has to say something before this row can be imported.</summary>
    public bool IsOpen => Row.State is GroupRowState.WhoIsMeant or GroupRowState.Unknown or GroupRowState.WhichPost or GroupRowState.NotUnderstood || Needs is not null;

    public GroupSeat Seat(string? reason) => new(Row.Key, Row.Who!.Id, Row.Place!.RunId, Row.Place.PostId, reason);
}

/// <summary>Somebody who can be chosen by hand.</summary>
public sealed record GroupChoice(VolunteerId Id, string Name, string Number);

/// <param name="Rows">Persons and lines, in the order of the list.</param>
/// <param name="Others">Lines that are no entries: headings, the frame.</param>
/// <param name="Places">Posts that can be chosen.</param>
/// <param name="People">People who can be chosen, by the order of their names.</param>
public sealed record GroupCheckView(IReadOnlyList<GroupRowView> Rows, IReadOnlyList<GroupLine> Others, IReadOnlyList<GroupPlace> Places, IReadOnlyList<GroupChoice> People);

/// <summary>The text is longer than a list of a group can be.</summary>
public sealed record GroupListTooLong(int MostLines) : Refusal;

/// <summary>Looks a pasted list over: who is meant, for which post, and what the roster would say. Nothing is kept.</summary>
public sealed class GroupListCheck(Hub hub, PhoneProtector phones)
{
    /// <param name="actor">Who looks.</param>
    /// <param name="scope">The runs that the list may be for.</param>
    /// <param name="text">The list as it was pasted.</param>
    /// <param name="decisions">What was said of rows.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<GroupCheckView>> LoadAsync(
        Actor actor, GroupScope scope, string text, IReadOnlyDictionary<GroupRowKey, GroupDecision> decisions, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var scoped = await read.ScopedAsync(this, scope, ct);
        if (scoped.Refused) return scoped.Refusal;
        var runs = scoped.Value.FindAll(read.Authority.MayStaff);
        if (runs.Count == 0 && scoped.Value.Count > 0) return read.Denied(this, scope.Run);
        if (text.AsSpan().Count('\n') >= GroupListReader.MostLines) return new GroupListTooLong(GroupListReader.MostLines);
        var places = read.PlacesOf(runs);
        var people = await read.PeopleForAsync(runs, ct);
        var lines = new GroupListReader(GroupListVocabulary.Known, places, people.Select(p => p.Name)).Read(text);
        people.AddRange(await read.NumberedAsync(lines, people, ct));
        var matcher = new NameMatcher(people, GroupListVocabulary.Known, await read.TailsAsync(phones, lines, people, ct));
        var rows = GroupListPlan.Of(lines, matcher, people, places, decisions);
        var ready = rows.Where(r => r is { State: GroupRowState.Ready, Who: not null, Place: not null }).ToList();
        var changes = await RosterChanges.OpenAsync(read, runs, [.. ready.Select(r => r.Who!.Id).Distinct()], ct);
        var tried = changes.Seat(ready.ConvertAll(r => new GroupSeat(r.Key, r.Who!.Id, r.Place!.RunId, r.Place.PostId, decisions.GetValueOrDefault(r.Key)?.Reason)));
        var against = tried.ToDictionary(t => t.Seat.Row, t => t.Outcome.Refusal);
        return new GroupCheckView(
            [.. rows.Select(r => new GroupRowView(r, against.GetValueOrDefault(r.Key)))],
            [.. lines.Where(l => l.Kind is GroupLineKind.Frame or GroupLineKind.Heading)],
            places,
            [.. people.OrderBy(p => PersonNames.SortKeyOf(p.Name), StringComparer.Ordinal).Select(p => new GroupChoice(p.Id, p.Name, p.Number))]);
    }
}
