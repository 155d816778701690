using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
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
public sealed class RemindPeople(Hub hub, ILogger<RemindPeople> log) : IBackgroundJob
{
    /// <summary>A yes of the last day is still fresh.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    public string Name => "reminders";

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<RunId> wanting;
        await using (var read = await hub.ReadAsync(Actor.System, ct)) wanting = await RunsThatWantAsync(read, ct);
        return await this.EachAsync(wanting, id => RemindAsync(id, ct), log, ct);
    }

    /// <summary>Runs of the next days with somebody to tell: looked up without the write lock, which most looks would hold for nothing.</summary>
    private static async Task<List<RunId>> RunsThatWantAsync(HubTransaction read, CancellationToken ct)
    {
        var (now, policy) = (read.Now, read.Community.Notices);
        var until = now + (policy.Reconfirmation > policy.Reminder ? policy.Reconfirmation : policy.Reminder);
        var near = await read.Db.Runs.Include(r => r.Assignments).AsSplitQuery()
            .Where(r => r.Status == RunStatus.Published && r.EndsAt > now && r.StartsAt <= until).OrderBy(r => r.StartsAt).ToListAsync(ct);
        var ids = near.ConvertAll(r => (RunId?)r.Id);
        var told = await read.ToldOnceAsync(ids, ct);
        return [.. near.Where(r => Due(r, now, policy).Any(d => !told.Contains(OnceTold.KeyOf(d.What, d.Seat)))).Select(r => r.Id)];
    }

    /// <summary>Who has to be told what by now, whether they were already or not. Whether a reminder goes further than the inbox is theirs to choose.</summary>
    private static IEnumerable<(Assignment Seat, NoticeKind Kind, string What)> Due(ServiceRun run, DateTimeOffset now, NoticePolicy policy)
    {
        foreach (var seat in run.Assignments.Where(a => a.IsPublished && !a.LeavesWithDraft && a.Origin != AssignmentOrigin.WalkIn && a.Start > now))
        {
            var ahead = seat.Start - now;
            if (ahead <= policy.Reminder)
            {
                // Nobody is reminded of what they have not answered: they are asked once more.
                if (seat.Status == AssignmentStatus.Invited && WasAskedBefore(seat, now)) yield return (seat, NoticeKind.Invited, "last-question");
                else if (seat.Status != AssignmentStatus.Invited) yield return (seat, NoticeKind.Reminder, "reminder");
            }
            else if (ahead <= policy.Reconfirmation)
            {
                if (seat.Status == AssignmentStatus.Invited && WasAskedBefore(seat, now)) yield return (seat, NoticeKind.Invited, "unanswered");
                if (seat.Status == AssignmentStatus.Accepted && seat.ConfirmAskedAt is null && seat.AcceptedAt <= now - Fresh) yield return (seat, NoticeKind.Reconfirm, "reconfirm");
            }
        }
    }

    private async Task<int> RemindAsync(RunId id, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.RunAsync(id, ct) is not { Status: RunStatus.Published } run) return 0;
        var told = await work.ToldOnceAsync([id], ct);
        var fresh = Due(run, work.Now, work.Community.Notices).Where(d => told.Add(OnceTold.KeyOf(d.What, d.Seat))).ToList();
        foreach (var (seat, kind, what) in fresh)
        {
            if (kind == NoticeKind.Reconfirm) run.AskToConfirm(seat.Id, work.Now);
            work.TellOnce(kind, run, seat, what);
        }

        if (fresh.Count > 0) await work.SaveAsync(id, ct);
        return fresh.Count;
    }

    /// <summary>Whoever was invited in the last day was told just then.</summary>
    private static bool WasAskedBefore(Assignment seat, DateTimeOffset now) => seat.History[^1].At <= now - Fresh;
}

/// <summary>Tells what is told once only.</summary>
internal static class OnceTold
{
    /// <summary>By which it is known that something was told of a seat at its time.</summary>
    public static string KeyOf(string what, Assignment seat) => $"{what}:{seat.Id}:{seat.Start.UtcTicks}";

    /// <summary>What was told once of these runs.</summary>
    public static async Task<HashSet<string>> ToldOnceAsync(this HubTransaction read, IReadOnlyCollection<RunId?> runs, CancellationToken ct) =>
        (await read.Db.Notices.Where(n => runs.Contains(n.RunId) && n.OnceKey != null).Select(n => n.OnceKey!).ToListAsync(ct)).ToHashSet();

    /// <summary>Adds a notice about a seat that was not told yet of this seat at this time.</summary>
    public static void TellOnce(this HubTransaction work, NoticeKind kind, ServiceRun run, Assignment seat, string what) =>
        work.Db.Notices.Add(work.NoticeFor(kind, seat.VolunteerId, run, seat.PostId, seat.Id, onceKey: KeyOf(what, seat)));
}
