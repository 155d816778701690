using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>
/// Two days before a duty asks who said yes long ago whether that holds, and who has not answered once more; the day before reminds
/// everybody who comes. Each is told once for one seat at one time, however often this looks.
/// </summary>
public sealed class RemindPeople(Hub hub) : IBackgroundJob
{
    /// <summary>A yes of the last day is still fresh.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    public string Name => "reminders";

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public bool LooksAfterNews => false;

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<RunId> near;
        await using (var read = await hub.ReadAsync(Actor.System, ct))
        {
            var (now, policy) = (read.Now, read.Community.Notices);
            var until = now + (policy.Reconfirmation > policy.Reminder ? policy.Reconfirmation : policy.Reminder);
            near = await read.Db.Runs.Where(r => r.Status == RunStatus.Published && r.EndsAt > now && r.StartsAt <= until).OrderBy(r => r.StartsAt).Select(r => r.Id).ToListAsync(ct);
        }

        var told = 0;
        foreach (var id in near) told += await RemindAsync(id, ct);
        return told;
    }

    private async Task<int> RemindAsync(RunId id, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.RunAsync(id, ct) is not { Status: RunStatus.Published } run) return 0;
        var (now, policy) = (work.Now, work.Community.Notices);
        var silent = await work.Db.NoticeChoices.Where(c => !c.WantsReminders).Select(c => c.VolunteerId).ToListAsync(ct);
        var told = 0;
        foreach (var seat in run.Assignments.Where(a => a.IsPublished && !a.LeavesWithDraft && a.Origin != AssignmentOrigin.WalkIn && a.Start > now).ToList())
        {
            var ahead = seat.Start - now;
            if (ahead <= policy.Reminder)
            {
                if (!silent.Contains(seat.VolunteerId) && await work.TellOnceAsync(NoticeKind.Reminder, run, seat, "reminder", ct)) told++;
            }
            else if (ahead <= policy.Reconfirmation)
            {
                if (seat.Status == AssignmentStatus.Invited && WasAskedBefore(seat, now) && await work.TellOnceAsync(NoticeKind.Invited, run, seat, "unanswered", ct)) told++;
                if (seat.Status != AssignmentStatus.Accepted || seat.ConfirmAskedAt is not null || seat.AcceptedAt > now - Fresh) continue;
                run.AskToConfirm(seat.Id, now);
                if (await work.TellOnceAsync(NoticeKind.Reconfirm, run, seat, "reconfirm", ct)) told++;
            }
        }

        if (told > 0) await work.SaveAsync(id, ct);
        return told;
    }

    /// <summary>Whoever was invited in the last day was told just then.</summary>
    private static bool WasAskedBefore(Assignment seat, DateTimeOffset now) => seat.History[^1].At <= now - Fresh;
}

/// <summary>Tells what is told once only.</summary>
internal static class OnceTold
{
    /// <summary>Adds a notice about a seat unless it was told already of this seat at this time.</summary>
    public static async Task<bool> TellOnceAsync(this HubTransaction work, NoticeKind kind, ServiceRun run, Assignment seat, string what, CancellationToken ct)
    {
        var key = $"{what}:{seat.Id}:{seat.Start.UtcTicks}";
        if (await work.Db.Notices.AnyAsync(n => n.OnceKey == key, ct)) return false;
        work.Db.Notices.Add(work.NoticeFor(kind, seat.VolunteerId, run, seat.PostId, seat.Id, onceKey: key));
        return true;
    }
}
