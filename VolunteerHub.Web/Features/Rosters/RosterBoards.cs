using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>Which rosters are wanted.</summary>
/// <param name="From">The first day.</param>
/// <param name="Days">How many days.</param>
/// <param name="Team">Code of the team that hosts or takes part; null, or a team that the viewer does not look after, for all.</param>
public sealed record RosterSpan(DateOnly From, int Days, string? Team = null)
{
    /// <summary>The week, or the month, of a day.</summary>
    public static RosterSpan Of(DateOnly day, bool month, string? team = null)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return month ? new(first, DateTime.DaysInMonth(day.Year, day.Month), team) : new(Week.MondayOf(day), Week.Days.Count, team);
    }

    public DateOnly To => From.AddDays(Days - 1);
}

/// <summary>The rosters of a span.</summary>
/// <param name="Boards">By team, own ones first, then by time.</param>
/// <param name="Teams">Teams whose runs the viewer sees.</param>
/// <param name="Order">All teams in the order of the board.</param>
public sealed record RosterBoardsView(IReadOnlyList<RosterBoardView> Boards, IReadOnlyList<TeamChoice> Teams, IReadOnlyList<TeamId> Order)
{
    /// <summary>Heads that are needed.</summary>
    public int Seats => Boards.Sum(b => b.Run.Min);

    /// <summary>How many of them there are.</summary>
    public int Filled => Boards.Sum(b => b.Run.Min - b.Run.Missing);

    /// <summary>The same with some runs as they are now; all others stay the very same objects, so that nothing of them is drawn again.</summary>
    /// <param name="touched">Runs that were looked at again.</param>
    /// <param name="now">What there is of them in the span.</param>
    public RosterBoardsView With(IReadOnlyCollection<RunId> touched, RosterBoardsView now) => now with { Boards = Sorted(Boards.Where(b => !touched.Contains(b.Run.Id)).Concat(now.Boards), now.Order) };

    internal static IReadOnlyList<RosterBoardView> Sorted(IEnumerable<RosterBoardView> boards, IReadOnlyList<TeamId> order)
    {
        var rank = order.Index().ToDictionary(o => o.Item, o => o.Index);
        return [.. boards.OrderBy(b => rank[b.Run.HostTeamId]).ThenBy(b => b.Run.Slot.Start).ThenBy(b => b.Run.Id.Value)];
    }
}

/// <summary>The rosters of a week or a month: all for coordinator and auditor, else those of runs that own teams host or take part in.</summary>
public sealed class RosterBoards(Hub hub)
{
    /// <param name="actor">Who looks.</param>
    /// <param name="span">Which days and whose runs.</param>
    /// <param name="only">Only these runs of the span; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<RosterBoardsView>> LoadAsync(Actor actor, RosterSpan span, IReadOnlyCollection<RunId>? only = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var choices = await PlannerChoices.OfAsync(read, ct);
        var (start, end) = (read.DayStart(span.From), read.DayStart(span.From.AddDays(span.Days)));
        var wanted = read.Db.Runs.Where(r => r.StartsAt >= start && r.StartsAt < end && r.Status != RunStatus.Cancelled);
        if (only is { } some) wanted = wanted.Where(r => some.Contains(r.Id));
        var team = choices.Teams.FirstOrDefault(t => t.Code == span.Team)?.Id;
        if (team is not null || !read.Authority.ReadsAll)
        {
            var hosts = team is { } one ? [one] : choices.Teams.Select(t => t.Id).ToList();
            var part = (await wanted.Where(r => !hosts.Contains(r.HostTeamId)).Select(r => new { r.Id, r.CoTeamIds }).ToListAsync(ct))
                .Where(r => r.CoTeamIds.Any(hosts.Contains)).Select(r => r.Id).ToList();
            wanted = wanted.Where(r => hosts.Contains(r.HostTeamId) || part.Contains(r.Id));
        }

        List<TeamId> order = [.. choices.All.Select(t => t.Id).OrderBy(t => read.Authority.Leads.Contains(t) ? 0 : 1)];
        return new RosterBoardsView(RosterBoardsView.Sorted(await read.RostersAsync(wanted, ct), order), choices.Teams, order);
    }
}
