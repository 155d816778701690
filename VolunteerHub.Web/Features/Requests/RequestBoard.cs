using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>A request, as a card or a row shows it; no number to call.</summary>
/// <param name="Days">How many days ago it came.</param>
/// <param name="Team">The team that has it.</param>
/// <param name="Next">What the viewer may do next, the usual step first.</param>
public sealed record RequestCardView(
    RequestId Id, string Number, RequestKind Kind, RequestSource Source, RequestStatus Status, string? Need, DateTimeOffset ReceivedAt, int Days, DateOnly? DueOn, bool Overdue,
    TeamChoice? Team, int? Stars, IReadOnlyList<RequestMove> Next)
{
    public RequestStage Stage => Status.Stage();
}

/// <param name="Total">All of the column, also those that are not shown.</param>
public sealed record RequestColumn(RequestStage Stage, int Total, IReadOnlyList<RequestCardView> Cards);

/// <param name="Teams">Teams to choose from in the filter.</param>
/// <param name="Overdue">How many wait longer than was promised, whatever the filter.</param>
/// <param name="MayEnter">Whether the viewer enters requests for residents.</param>
public sealed record RequestBoardView(IReadOnlyList<RequestColumn> Columns, IReadOnlyList<TeamChoice> Teams, int Overdue, bool MayEnter);

/// <summary>需求看板: the requests that the viewer may see, by where they stand. What waits longest comes first; what is done, latest first.</summary>
public sealed class RequestBoard(Hub hub)
{
    /// <summary>How many cards a column shows.</summary>
    public const int Shown = 50;

    public async Task<Outcome<RequestBoardView>> LoadAsync(Actor actor, RequestFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var teams = await read.TeamChoicesAsync(ct);
        var wanted = filter.Of(read.VisibleRequests(), teams.Find(t => t.Code == filter.Team)?.Id, read.Today);
        var totals = await wanted.GroupBy(r => r.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var columns = new List<RequestColumn>();
        foreach (var stage in RequestStages.Columns.Where(s => filter.Stage is null || filter.Stage == s))
        {
            var statuses = stage.Statuses();
            var inStage = wanted.Where(r => statuses.Contains(r.Status));
            var cards = await inStage.InOrder(RequestStages.Open.Contains(stage)).Take(Shown).ToListAsync(ct);
            columns.Add(new(stage, statuses.Sum(s => totals.GetValueOrDefault(s)), cards.ConvertAll(r => read.CardOf(r, teams))));
        }

        return new RequestBoardView(
            columns, teams.FindAll(t => read.Authority.ReadsAll || read.Authority.Leads.Contains(t.Id)),
            await RequestFilter.OverdueOf(read.VisibleRequests(), read.Today).CountAsync(ct), read.MayEnter());
    }
}

/// <param name="After">Number of the last one, to go on from; null where there are no more.</param>
public sealed record RequestListView(IReadOnlyList<RequestCardView> Requests, string? After);

/// <summary>The same as a list, a page at a time.</summary>
public sealed class RequestList(Hub hub)
{
    public const int PageSize = 50;

    /// <param name="actor">Who looks.</param>
    /// <param name="filter">Which; without a stage those that are open.</param>
    /// <param name="after">Number of the last request of the page before; null for the first page.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<RequestListView>> LoadAsync(Actor actor, RequestFilter filter, string? after = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var teams = await read.TeamChoicesAsync(ct);
        var statuses = (filter.Stage is { } stage ? [stage] : RequestStages.Open).SelectMany(s => s.Statuses()).ToList();
        var wanted = filter.Of(read.VisibleRequests(), teams.Find(t => t.Code == filter.Team)?.Id, read.Today);
        // A number that is looked for is found wherever the request stands.
        if (string.IsNullOrEmpty(filter.Number) || filter.Stage is not null) wanted = wanted.Where(r => statuses.Contains(r.Status));
        var oldestFirst = filter.Stage is null || RequestStages.Open.Contains(filter.Stage.Value);
        if (after is not null && await read.Db.Requests.Where(r => r.Number == after).Select(r => (DateTimeOffset?)r.ReceivedAt).FirstOrDefaultAsync(ct) is { } at)
        {
            wanted = oldestFirst
                ? wanted.Where(r => r.ReceivedAt > at || r.ReceivedAt == at && r.Number.CompareTo(after) > 0)
                : wanted.Where(r => r.ReceivedAt < at || r.ReceivedAt == at && r.Number.CompareTo(after) < 0);
        }

        var page = await wanted.InOrder(oldestFirst).Take(PageSize + 1).ToListAsync(ct);
        var shown = page.Take(PageSize).Select(r => read.CardOf(r, teams)).ToList();
        return new RequestListView(shown, page.Count > PageSize ? shown[^1].Number : null);
    }
}

internal static class RequestCards
{
    public static Task<List<TeamChoice>> TeamChoicesAsync(this HubTransaction read, CancellationToken ct) =>
        read.Db.Teams.OrderBy(t => t.Order).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToListAsync(ct);

    public static IQueryable<ServiceRequest> InOrder(this IQueryable<ServiceRequest> requests, bool oldestFirst) => oldestFirst
        ? requests.OrderBy(r => r.ReceivedAt).ThenBy(r => r.Number)
        : requests.OrderByDescending(r => r.ReceivedAt).ThenByDescending(r => r.Number);

    public static RequestCardView CardOf(this HubTransaction read, ServiceRequest request, IReadOnlyList<TeamChoice> teams) => new(
        request.Id, request.Number, request.Kind, request.Source, request.Status, request.Need, request.ReceivedAt,
        read.Today.DayNumber - DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(request.ReceivedAt, read.Zone).DateTime).DayNumber,
        request.DueOn, request.IsOverdue(read.Today), teams.FirstOrDefault(t => t.Id == request.TeamId), request.Stars,
        request.Status.Stage() switch
        {
            RequestStage.ToDispatch when read.Authority.IsCoordinator => [RequestMove.Dispatch],
            RequestStage.Dispatched when read.MayDo(request) => [RequestMove.Accept, RequestMove.HandBack],
            RequestStage.InHand when read.MayDo(request) => [RequestMove.Close],
            _ => [],
        });
}
