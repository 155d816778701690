using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Partners;

/// <summary>What a partner took on.</summary>
/// <param name="Run">Title and day of the run that it is for; null where it is for none.</param>
/// <param name="MaySettle">Whether the viewer may say that it was kept, or take it out.</param>
public sealed record ClaimView(PartnerClaimId Id, string What, RunId? RunId, (string Title, TimeSlot Slot)? Run, DateTimeOffset ClaimedAt, string RecordedBy, DateTimeOffset? FulfilledAt, bool MaySettle);

/// <summary>A partner.</summary>
/// <param name="ContactPhone">Masked; null where none is known, or where the viewer may not read it.</param>
public sealed record PartnerView(
    PartnerId Id, string Name, PartnerKind Kind, string? ContactName, string? ContactPhone, IReadOnlyList<PartnerOffer> Offers, IReadOnlyList<ClaimView> Claims, bool IsArchived);

/// <summary>A run ahead for which something may be claimed.</summary>
public sealed record ClaimableRun(RunId Id, string Title, TimeSlot Slot);

/// <param name="Partners">Those that take part first.</param>
/// <param name="Runs">Runs ahead for which the viewer may note a claim.</param>
/// <param name="MayEdit">Whether the viewer may change partners.</param>
public sealed record PartnerListView(IReadOnlyList<PartnerView> Partners, IReadOnlyList<ClaimableRun> Runs, bool MayEdit, DateOnly Today);

/// <summary>The units that work with the community, for leaders, coordinator and auditor.</summary>
public sealed class PartnerList(Hub hub, FieldProtector fields)
{
    private const int DaysAhead = 60;
    private const int DaysBack = 30;

    public async Task<Outcome<PartnerListView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var partners = await read.Db.Partners.Include(p => p.Claims).ToListAsync(ct);
        var claimed = partners.SelectMany(p => p.Claims).Select(c => c.RunId).OfType<RunId>().ToList();
        var (from, to) = (read.Now.AddDays(-DaysBack), read.Now.AddDays(DaysAhead));
        var runs = await read.Db.Runs.Where(r => claimed.Contains(r.Id) || r.Status != RunStatus.Cancelled && r.EndsAt > from && r.StartsAt < to).OrderBy(r => r.StartsAt)
            .Select(r => new { r.Id, r.Title, r.HostTeamId, r.Status, r.StartsAt, r.EndsAt }).ToListAsync(ct);
        var byId = runs.ToDictionary(r => r.Id);
        var recorders = partners.SelectMany(p => p.Claims).Select(c => c.RecordedBy).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => recorders.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        return new PartnerListView(
            [.. partners.OrderBy(p => p.IsArchived).ThenBy(p => p.Kind).ThenBy(p => p.Name, StringComparer.Ordinal).Select(View)],
            [.. runs.Where(r => r.EndsAt > from && r.StartsAt < to && r.Status != RunStatus.Cancelled && read.Authority.MayPlan(r.HostTeamId)).Select(r => new ClaimableRun(r.Id, r.Title, new TimeSlot(r.StartsAt, r.EndsAt)))],
            read.Authority.IsCoordinator, read.Today);

        PartnerView View(Partner partner) => new(
            partner.Id, partner.Name, partner.Kind, partner.ContactName,
            read.Authority.ReadsAll && fields.Reveal(partner.ContactPhone) is { } phone ? PhoneProtector.Masked(phone) : null,
            partner.Offers, [.. partner.Claims.OrderByDescending(c => c.ClaimedAt).Select(Claim)], partner.IsArchived);

        ClaimView Claim(PartnerClaim claim)
        {
            var run = claim.RunId is { } id ? byId.GetValueOrDefault(id) : null;
            return new(
                claim.Id, claim.What, claim.RunId, run is null ? null : (run.Title, new TimeSlot(run.StartsAt, run.EndsAt)), claim.ClaimedAt,
                names.GetValueOrDefault(claim.RecordedBy, ""), claim.FulfilledAt, read.Authority.IsCoordinator || run is not null && read.Authority.MayPlan(run.HostTeamId));
        }
    }
}
