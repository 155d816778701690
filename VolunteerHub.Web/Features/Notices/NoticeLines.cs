using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>All that the sentence of a notice may name, as it is now.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Name">Whom it tells; empty for a team's group.</param>
/// <param name="Run">Title of the run.</param>
/// <param name="Slot">When the duty is, or the run.</param>
/// <param name="Site">Where.</param>
/// <param name="Post">As what.</param>
/// <param name="Team">Of which team.</param>
/// <param name="Who">Of whom it tells those who lead.</param>
/// <param name="Words">What was said with it.</param>
/// <param name="Before">When it was before.</param>
/// <param name="Until">Until when an offer holds.</param>
/// <param name="Crew">Who is on the published roster, for a team's group.</param>
public sealed record NoticeFacts(
    NoticeKind Kind, string Name, string Run, TimeSlot? Slot, string Site, string Post, string Team, string Who, string? Words, DateTimeOffset? Before, DateTimeOffset? Until, string Crew);

/// <summary>A notice with what it tells of.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Facts">What its sentence names.</param>
/// <param name="IsOver">Whether nobody needs to be told any more: answered already, or the duty began.</param>
/// <param name="MayAnswer">Whether a personal link would lead somewhere.</param>
public sealed record NoticeLine(Notice Notice, NoticeFacts Facts, bool IsOver, bool MayAnswer);

/// <summary>Reads what notices tell of.</summary>
internal static class NoticeLines
{
    /// <summary>The notices of these ids, the earliest first.</summary>
    public static Task<List<Notice>> NoticesAsync(this HubTransaction read, IReadOnlyCollection<NoticeId> ids, CancellationToken ct) =>
        read.Db.Notices.Where(n => ids.Contains(n.Id)).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(ct);

    /// <summary>What they tell of, in the same order.</summary>
    public static async Task<List<NoticeLine>> LinesAsync(this HubTransaction read, IReadOnlyCollection<Notice> notices, CancellationToken ct)
    {
        var runIds = notices.Select(n => n.RunId).OfType<RunId>().Distinct().ToList();
        var runs = await read.Db.Runs.AsNoTracking().Include(r => r.Shifts).ThenInclude(s => s.Posts).AsSplitQuery().Where(r => runIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var seatIds = notices.Select(n => n.AssignmentId).OfType<AssignmentId>().Distinct().ToList();
        var seats = await read.Db.Assignments.AsNoTracking().Where(a => seatIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var askIds = notices.Select(n => n.AskId).OfType<CoverAskId>().Distinct().ToList();
        var asks = await read.Db.CoverAsks.AsNoTracking().Where(a => askIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Status, ct);
        var siteIds = runs.Values.Select(r => r.SiteId).Distinct().ToList();
        var sites = await read.Db.Sites.Where(s => siteIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var teamIds = notices.Select(n => n.TeamId).OfType<TeamId>().Distinct().ToList();
        var teams = await read.Db.Teams.Where(t => teamIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        var published = notices.Where(n => n.Kind == NoticeKind.RosterPublished).Select(n => n.RunId).OfType<RunId>().Distinct().ToList();
        var crew = (await read.Db.Assignments.AsNoTracking().Where(a => published.Contains(a.RunId)).ToListAsync(ct)).Where(a => a.IsPublished).ToList();
        var people = notices.SelectMany(n => new[] { n.VolunteerId, n.About }).OfType<VolunteerId>().Concat(crew.Select(a => a.VolunteerId)).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        return [.. notices.Select(LineOf)];

        NoticeLine LineOf(Notice notice)
        {
            var run = notice.RunId is { } runId ? runs.GetValueOrDefault(runId) : null;
            var seat = notice.AssignmentId is { } seatId ? seats.GetValueOrDefault(seatId) : null;
            var place = notice.PostId is { } postId ? run?.Find(postId) : null;
            var slot = notice.Kind.IsStaffing() || notice.PostId is null ? null : seat?.Slot ?? place?.Shift.Slot;
            if (slot is null && run is not null) slot = new TimeSlot(run.StartsAt, run.EndsAt);
            var facts = new NoticeFacts(
                notice.Kind, Name(notice.VolunteerId), run?.Title ?? "", slot, run is null ? "" : sites.GetValueOrDefault(run.SiteId, ""), place?.Post.Name ?? "",
                notice.TeamId is { } team ? teams.GetValueOrDefault(team, "") : "", Name(notice.About), notice.Words,
                // Moved twice before anybody answered: the person knows the first time.
                seat?.MovedFrom?.Start ?? notice.Before, seat?.AnswerBy ?? (notice.Kind.IsOfHours() ? notice.Before : null), run is null || notice.Kind != NoticeKind.RosterPublished ? "" : CrewOf(run));
            var ask = notice.AskId is { } askId && asks.TryGetValue(askId, out var status) ? status : (CoverAskStatus?)null;
            var over = notice.Kind.IsOfHours() ? notice.Before <= read.Now : IsOver(notice.Kind, seat, ask, run, slot, read.Now);
            var answerable = notice.Kind.HasLink() && slot?.Start > read.Now && run?.Status == RunStatus.Published
                && (notice.AskId is null ? seat is not null && (seat.IsPublished || seat.Status == AssignmentStatus.Declined) : ask == CoverAskStatus.Waiting);
            return new NoticeLine(notice, facts, over, answerable);
        }

        string Name(VolunteerId? who) => who is { } id ? names.GetValueOrDefault(id, "") : "";

        // Post by post, as the roster on the wall has it.
        string CrewOf(ServiceRun run) => string.Join("\n", run.Posts
            .Select(p => (p.Post.Name, People: crew.Where(a => a.PostId == p.Post.Id).OrderBy(a => a.Id.Value).Select(a => Name(a.VolunteerId)).ToList()))
            .Where(p => p.People.Count > 0).Select(p => $"{p.Name}: {string.Join(' ', p.People)}"));
    }

    private static bool IsOver(NoticeKind kind, Assignment? seat, CoverAskStatus? ask, ServiceRun? run, TimeSlot? slot, DateTimeOffset now)
    {
        if (slot?.Start <= now) return true;
        return kind switch
        {
            NoticeKind.Invited or NoticeKind.Moved or NoticeKind.SeatOffered => seat?.Status != AssignmentStatus.Invited,
            NoticeKind.PutOn or NoticeKind.Reminder or NoticeKind.Allotted => seat?.IsPublished != true,
            NoticeKind.Reconfirm => seat?.AwaitsConfirmation != true,
            NoticeKind.CoverAsked => ask != CoverAskStatus.Waiting,
            NoticeKind.RosterPublished => run?.Status != RunStatus.Published,
            _ => false,
        };
    }
}
