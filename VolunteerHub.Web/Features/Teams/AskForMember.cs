using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>
/// A leader who fills a post asks another team for one of its members. Who leads that team too answers by asking.
/// </summary>
public sealed class AskForMember(Hub hub)
{
    public const int LongestNote = 100;

    /// <param name="actor">Who asks.</param>
    /// <param name="runId">The run.</param>
    /// <param name="postId">The post of that run: the team that fills it borrows.</param>
    /// <param name="home">The team that is asked.</param>
    /// <param name="volunteerId">For whom.</param>
    /// <param name="note">A word with the question.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, PostId postId, TeamId home, VolunteerId volunteerId, string? note, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RunAsync(runId, ct) is not { } run) return new RunNotFound();
        if (run.Find(postId) is not var (_, post)) return work.Authority.MayStaff(run) ? new PostNotFound() : work.Denied(this, runId);
        if (!work.Authority.MayStaff(run, post)) return work.Denied(this, runId);
        var borrower = run.TeamFor(post);
        if (await work.LendableAsync(run, home, borrower, volunteerId, null, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        var text = TeamForm.Text(note) is { } said ? said[..Math.Min(LongestNote, said.Length)] : null;
        work.Db.Lendings.Add(work.Authority.Leads.Contains(home)
            ? Lending.Offer(volunteerId, runId, home, borrower, actor.Id, work.Now, text)
            : Lending.Ask(volunteerId, runId, home, borrower, actor.Id, work.Now, text));
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>The home leader says yes or no.</summary>
public sealed class AnswerLending(Hub hub)
{
    /// <param name="actor">Who answers.</param>
    /// <param name="lendingId">The question.</param>
    /// <param name="yes">Whether the person may serve there.</param>
    /// <param name="why">Why not; asked for with a no.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, LendingId lendingId, bool yes, string? why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.Lendings.FirstOrDefaultAsync(l => l.Id == lendingId, ct) is not { } lending) return new LendingNotFound();
        if (!work.Authority.MayLead(lending.HomeTeamId)) return work.Denied(this, lendingId);
        if (await work.RunAsync(lending.RunId, ct) is not { } run) return new RunNotFound();
        if (!yes && TeamForm.Text(why) is null) return new LendingReasonMissing();
        if (yes && lending.Status == LendingStatus.Asked
            && await work.LendableAsync(run, lending.HomeTeamId, lending.BorrowerTeamId, lending.VolunteerId, lending.Id, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        var answered = lending.Answer(yes, TeamForm.Text(why), actor.Id, work.Now);
        return answered.Refused ? answered : await work.SaveAsync(lending.RunId, ct);
    }
}

/// <summary>A leader offers a member to another team's published run; that is the consent.</summary>
public sealed class OfferMember(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId home, RunId runId, TeamId borrower, VolunteerId volunteerId, string? note, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayLead(home)) return work.Denied(this, home);
        if (await work.RunAsync(runId, ct) is not { } run || run.Status == RunStatus.Draft && !work.Authority.MaySee(run)) return new RunNotFound();
        if (await work.LendableAsync(run, home, borrower, volunteerId, null, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        var text = TeamForm.Text(note) is { } said ? said[..Math.Min(AskForMember.LongestNote, said.Length)] : null;
        work.Db.Lendings.Add(Lending.Offer(volunteerId, runId, home, borrower, actor.Id, work.Now, text));
        return await work.SaveAsync(runId, ct);
    }
}

/// <summary>
/// Either side takes a question or a consent back, unless the person is on the roster by it. A no that the person said there
/// goes with it: it cannot turn into a yes any more.
/// </summary>
public sealed class TakeBackLending(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, LendingId lendingId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.Db.Lendings.FirstOrDefaultAsync(l => l.Id == lendingId, ct) is not { } lending) return new LendingNotFound();
        if (await work.RunAsync(lending.RunId, ct) is not { } run) return new RunNotFound();
        if (!work.MayTakeBack(lending, run)) return work.Denied(this, lendingId);
        if (run.Status != RunStatus.Cancelled && run.EndsAt <= work.Now) return new RunIsOver(run.EndsAt);
        var name = await work.Db.Volunteers.Where(v => v.Id == lending.VolunteerId).Select(v => v.Name).SingleAsync(ct);
        var by = lending.Status == LendingStatus.Granted ? await work.ClaimsByAsync(lending, run, ct) : [];
        var taken = lending.TakeBack(name, by.Exists(a => a.Holds), actor.Id, work.Now);
        if (taken.Refused) return taken;
        run.GiveUp(by, null, actor.Id, work.Now);
        return await work.SaveAsync(lending.RunId, ct);
    }
}

internal static class LentSeats
{
    /// <summary>What the person has on the run by this lending: not what they have as members of the team that borrows, nor as guests.</summary>
    public static async Task<List<Assignment>> ClaimsByAsync(this HubTransaction work, Lending lending, ServiceRun run, CancellationToken ct)
    {
        var kind = await work.Db.Volunteers.Where(v => v.Id == lending.VolunteerId).Select(v => v.Kind).SingleAsync(ct);
        if (kind == VolunteerKind.Guest) return [];
        var memberships = await work.Db.Memberships.Where(m => m.VolunteerId == lending.VolunteerId && m.TeamId == lending.BorrowerTeamId).ToListAsync(ct);
        return [.. run.ClaimsOf(lending.VolunteerId, lending.BorrowerTeamId).Where(a => !memberships.Exists(m => m.InForceOn(a.Slot.DayIn(work.Zone))))];
    }
}
