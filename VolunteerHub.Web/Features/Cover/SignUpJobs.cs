using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Releases;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Cover;

/// <summary>A leader of the host team says how people get onto a run: by signing up, or only by being put there.</summary>
public sealed class SetSignUp(Hub hub)
{
    /// <param name="actor">Who says so.</param>
    /// <param name="runId">The run.</param>
    /// <param name="open">Whether people sign up themselves.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, bool open, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        if (await work.Db.FairReleases.FirstOrDefaultAsync(r => r.RunId == runId && r.Status == ReleaseStatus.Collecting, ct) is { } collecting) return new ReleaseRuns(collecting.Deadline);
        var set = run.OpenTo(open ? SignUp.Open : SignUp.Closed, work.Now);
        return set.Refused ? set : await work.SaveAsync(runId, ct);
    }
}

/// <summary>A leader of the host team has interest for a popular run collected, to allot its free seats fairly at a deadline.</summary>
public sealed class OpenRelease(Hub hub)
{
    /// <param name="actor">Who opens it.</param>
    /// <param name="runId">The run; published.</param>
    /// <param name="deadline">Until when interest is collected; ahead, and before the run begins.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, DateTimeOffset deadline, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        if (run.NoLongerPlanned(work.Now) is { } closed) return closed;
        if (run.Status != RunStatus.Published) return new RunNotPublished();
        if (deadline <= work.Now || deadline >= run.StartsAt) return new ReleaseDeadlineInvalid();
        if (await work.Db.FairReleases.FirstOrDefaultAsync(r => r.RunId == runId && r.Status == ReleaseStatus.Collecting, ct) is { } collecting) return new ReleaseRuns(collecting.Deadline);
        run.OpenTo(SignUp.Fair, work.Now);
        // Drawn and kept before anybody has said anything: nobody can choose it afterwards.
        work.Db.FairReleases.Add(new FairRelease(runId, deadline, RandomNumberGenerator.GetInt32(100_000, 1_000_000), actor.Id, work.Now));
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>A leader of the host team takes a fair release back before its deadline; people sign up as usual again.</summary>
public sealed class CallOffRelease(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (!work.Authority.MayPlan(run.HostTeamId)) return work.Denied(this, runId);
        if (await work.Db.FairReleases.FirstOrDefaultAsync(r => r.RunId == runId && r.Status == ReleaseStatus.Collecting, ct) is not { } release) return new ReleaseIsOver(work.Now);
        work.CallOff(release, run);
        run.OpenTo(SignUp.Open, work.Now);
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>Tells people that what they waited for does not come.</summary>
internal static class CalledOff
{
    /// <summary>Calls a release off; who said that they would come hears of it.</summary>
    public static void CallOff(this HubTransaction work, FairRelease release, ServiceRun run)
    {
        if (release.CallOff(work.Now).Refused) return;
        foreach (var interest in release.Interests) work.TellWaitOver(interest.VolunteerId, run);
    }

    /// <summary>Tells somebody who waited, or said that they would come, that nothing comes of it.</summary>
    public static void TellWaitOver(this HubTransaction work, VolunteerId who, ServiceRun run) =>
        work.Db.Notices.Add(work.NoticeFor(NoticeKind.WaitOver, who, run, null).Saying(run.CancelledBecause));
}
