using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Partners;

/// <summary>The coordinator adds a partner, or states one anew.</summary>
public sealed class SavePartner(Hub hub, FieldProtector fields)
{
    /// <param name="actor">Who saves.</param>
    /// <param name="id">Which; null adds one.</param>
    /// <param name="form">All of it.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<PartnerId>> RunAsync(Actor actor, PartnerId? id, PartnerForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator) return work.Denied(this, id);
        var name = form.Name.Trim();
        var partner = id is null ? null : await work.Db.Partners.Include(p => p.Claims).FirstOrDefaultAsync(p => p.Id == id, ct);
        if (id is not null && partner is null) return new PartnerNotFound();
        if (await work.Db.Partners.AnyAsync(p => p.Name == name && p.Id != id, ct)) return new PartnerNameTaken(name);
        var phone = PhoneNumberReader.Read(form.ContactPhone) is { } typed ? fields.Protect(typed) : form.ForgetPhone ? null : partner?.ContactPhone;
        var facts = new PartnerFacts(name, form.Kind, string.IsNullOrWhiteSpace(form.ContactName) ? null : form.ContactName.Trim(), phone, [.. form.Offers.Select(o => o.ToOffer())]);
        if (partner is null) work.Db.Partners.Add(partner = new Partner(facts));
        else partner.Revise(facts);
        await work.SavePeopleAsync(ct);
        return partner.Id;
    }
}

/// <summary>The coordinator notes that a unit takes no part any more, or that it does again.</summary>
public sealed class ArchivePartner(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, PartnerId id, bool archived, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator) return work.Denied(this, id);
        if (await work.Db.Partners.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } partner) return new PartnerNotFound();
        if (archived) partner.Archive(work.Now);
        else partner.Reopen();
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>Notes that a partner takes something on: the coordinator for anything, a leader for a run of an own team.</summary>
public sealed class RecordClaim(Hub hub)
{
    /// <param name="actor">Who notes it.</param>
    /// <param name="id">The partner.</param>
    /// <param name="what">The name of an offer, or the need in words.</param>
    /// <param name="runId">For which run; null where it is for none.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, PartnerId id, string what, RunId? runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = runId is { } wanted ? await work.Db.Runs.FirstOrDefaultAsync(r => r.Id == wanted, ct) : null;
        if (!work.Authority.IsCoordinator && (run is null || !work.Authority.MayPlan(run.HostTeamId))) return work.Denied(this, id);
        if (runId is not null && run is null) return new RunNotFound();
        if (await work.Db.Partners.Include(p => p.Claims).FirstOrDefaultAsync(p => p.Id == id, ct) is not { } partner) return new PartnerNotFound();
        var claimed = partner.Claim(what.Trim(), runId, actor.Id, work.Now, work.Today);
        if (claimed.Refused) return claimed.WithoutValue;
        run?.Joined(partner.Id);
        return runId is { } touched ? await work.SavePeopleAsync([touched], ct) : await work.SavePeopleAsync(ct);
    }
}

/// <summary>Notes that a partner kept what it took on, or takes that note back.</summary>
public sealed class FulfilClaim(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, PartnerId id, PartnerClaimId claimId, bool done, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var partner = await work.Db.Partners.Include(p => p.Claims).FirstOrDefaultAsync(p => p.Id == id, ct);
        if (!await work.MaySettleAsync(partner, claimId, ct)) return work.Denied(this, id);
        if (partner is null) return new PartnerNotFound();
        var settled = partner.Fulfil(claimId, done, work.Now);
        return settled.Refused ? settled : await work.SavePeopleAsync(ct);
    }
}

/// <summary>Takes a claim out that was noted by mistake or will not come.</summary>
public sealed class DropClaim(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, PartnerId id, PartnerClaimId claimId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var partner = await work.Db.Partners.Include(p => p.Claims).FirstOrDefaultAsync(p => p.Id == id, ct);
        if (!await work.MaySettleAsync(partner, claimId, ct)) return work.Denied(this, id);
        if (partner is null) return new PartnerNotFound();
        var dropped = partner.Drop(claimId);
        return dropped.Refused ? dropped : await work.SavePeopleAsync(ct);
    }
}

/// <summary>Shows the number of a partner's contact in clear. The audit tells who looked, never what it said.</summary>
public sealed class RevealPartnerPhone(Hub hub, FieldProtector fields)
{
    public async Task<Outcome<string>> RunAsync(Actor actor, PartnerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.ReadsAll) return work.Denied(this, id);
        if (await work.Db.Partners.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } partner) return new PartnerNotFound();
        if (fields.Reveal(partner.ContactPhone) is not { } phone) return new FieldIsEmpty();
        work.NoteRevealed(nameof(Partner), id.ToString(), PrivateField.Phone);
        await work.SaveAsync(null, ct);
        return PhoneNumberReader.National(phone);
    }
}

internal static class ClaimRights
{
    /// <summary>Whether the actor may say what became of a claim: the coordinator of all, a leader of those for own runs.</summary>
    public static async Task<bool> MaySettleAsync(this HubTransaction work, Partner? partner, PartnerClaimId claimId, CancellationToken ct)
    {
        if (work.Authority.IsCoordinator) return true;
        if (partner?.Claims.FirstOrDefault(c => c.Id == claimId)?.RunId is not { } runId) return false;
        return await work.Db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) is { } run && work.Authority.MayPlan(run.HostTeamId);
    }
}
