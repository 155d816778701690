using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Who is told what of hours.</summary>
internal static class HourNews
{
    /// <summary>The person is told that hours are confirmed, or what was answered; silence counts, and the notice says until when.</summary>
    public static void TellOfHours(this HubTransaction work, HourEntry entry, ServiceRun run, string? answer = null) =>
        work.Db.Notices.Add(new Notice(answer is null ? NoticeKind.HoursConfirmed : NoticeKind.HoursAnswered, entry.VolunteerId, work.Now, work.Community.DueAt(work.Now, null))
        {
            TeamId = run.HostTeamId,
            RunId = run.Id,
            Before = entry.AcknowledgeBy,
        }.Saying(answer));

    /// <summary>Those who lead the host team are told that somebody disputes own hours.</summary>
    public static async Task TellLeadersOfHoursAsync(this HubTransaction work, NoticeKind kind, ServiceRun run, VolunteerId? about, string? words, string? once, CancellationToken ct)
    {
        var today = work.Today;
        var leaders = await work.Db.Memberships.Where(m => m.TeamId == run.HostTeamId && m.Role != TeamRole.Member && m.Since <= today && (m.Until == null || today < m.Until) && m.VolunteerId != about)
            .Select(m => m.VolunteerId).Distinct().ToListAsync(ct);
        foreach (var leader in leaders)
        {
            var key = once is null ? null : $"{once}/{run.Id}/{leader}";
            if (key is not null && await work.Db.Notices.AnyAsync(n => n.OnceKey == key, ct)) continue;
            work.Db.Notices.Add(new Notice(kind, leader, work.Now, work.Community.DueAt(work.Now, null)) { TeamId = run.HostTeamId, RunId = run.Id, OnceKey = key }.Saying(words, about));
        }
    }

    /// <summary>The coordinators are told what only they decide.</summary>
    public static async Task TellCoordinatorsOfHoursAsync(this HubTransaction work, NoticeKind kind, ServiceRun run, VolunteerId about, string? words, CancellationToken ct)
    {
        foreach (var coordinator in await work.CoordinatorsButAsync(about, ct))
            work.Db.Notices.Add(new Notice(kind, coordinator, work.Now, work.Community.DueAt(work.Now, null)) { TeamId = run.HostTeamId, RunId = run.Id }.Saying(words, about));
    }
}
