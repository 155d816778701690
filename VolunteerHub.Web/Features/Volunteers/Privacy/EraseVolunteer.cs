using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Features.Volunteers.Status;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Privacy;

/// <summary>
/// The coordinator erases a person's data (个人信息保护法 §47). What the law wants kept of the service stays under the number and
/// a masked name; records that were merged into this one go with it.
/// </summary>
public sealed class EraseVolunteer(Hub hub, IStringLocalizer<Texts> texts)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, id);
        if (await work.WholeVolunteers().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } who) return new VolunteerNotFound();
        if (who.Closed is { } closed) return closed;
        var farewell = await work.FarewellAsync(who, ct);
        if (farewell.Refused) return farewell.Refusal;
        await work.PartAsync(farewell.Value, texts["Record.LeftWhy"], ct);
        var duplicates = await work.WholeVolunteers().Where(v => v.MergedInto == id).ToListAsync(ct);
        await ForgetWordsAsync(work, [id, .. duplicates.Select(d => d.Id)], ct);
        await ForgetPapersAsync(work, who, [id, .. duplicates.Select(d => d.Id)], ct);
        foreach (var duplicate in duplicates) who.EraseWithIt(duplicate, work.Now, work.Today);
        if (who.Erase(work.Now, work.Today) is { Refused: true } refused) return refused;
        work.Note(AuditActions.Erased, nameof(Volunteer), id.ToString(), JsonSerializer.Serialize(new Dictionary<string, string?[]> { [nameof(Volunteer.Number)] = [who.Number, who.Number] }), id);
        return await work.SavePeopleAsync(farewell.Value.Touched, ct);
    }

    /// <summary>What the person, or somebody about the person, said in own words.</summary>
    private static async Task ForgetWordsAsync(HubTransaction work, VolunteerId[] all, CancellationToken ct)
    {
        var spoken = await work.Db.Assignments.Where(a => all.Contains(a.VolunteerId) && (a.DeclineReason != null || a.History.Any(h => h.Note != null))).Select(a => a.RunId).Distinct().ToListAsync(ct);
        foreach (var some in spoken.Chunk(200))
            foreach (var run in await work.WholeRuns.Where(r => some.Contains(r.Id)).ToListAsync(ct))
                foreach (var who in all) run.ForgetWords(who);
        foreach (var lending in await work.Db.Lendings.Where(l => all.Contains(l.VolunteerId)).ToListAsync(ct)) lending.ForgetWords();
        foreach (var entry in await work.Db.HourEntries.Where(h => all.Contains(h.VolunteerId) && h.Steps.Any(s => s.To == Domain.Hours.HourStatus.Disputed && s.Words != null)).ToListAsync(ct)) entry.ForgetWords();
        foreach (var evaluation in await work.Db.Evaluations.Where(e => all.Contains(e.VolunteerId) && e.Steps.Any(s => s.Remark != null)).ToListAsync(ct)) evaluation.ForgetWords();
        foreach (var notice in await work.Db.Notices.Where(n => n.Words != null && (all.Contains(n.VolunteerId!.Value) || all.Contains(n.About!.Value))).ToListAsync(ct)) notice.ForgetWords();
        foreach (var certificate in await work.Db.Certificates.Where(c => all.Contains(c.VolunteerId)).ToListAsync(ct)) certificate.ForgetPerson();
    }

    /// <summary>Account, phones, links, filters, applications, and what an import would restore.</summary>
    private static async Task ForgetPapersAsync(HubTransaction work, Volunteer who, VolunteerId[] all, CancellationToken ct)
    {
        var (db, index) = (work.Db, who.Phone?.WholeIndex);
        db.Users.RemoveRange(await db.Users.Where(a => all.Contains(a.VolunteerId)).ToListAsync(ct));
        db.OneUseLinks.RemoveRange(await db.OneUseLinks.Where(l => l.VolunteerId != null && all.Contains(l.VolunteerId.Value)).ToListAsync(ct));
        db.CalendarFeeds.RemoveRange(await db.CalendarFeeds.Where(f => all.Contains(f.VolunteerId)).ToListAsync(ct));
        var seats = db.Assignments.Where(a => all.Contains(a.VolunteerId)).Select(a => a.Id);
        var asks = db.CoverAsks.Where(a => all.Contains(a.VolunteerId)).Select(a => a.Id);
        db.InvitationLinks.RemoveRange(await db.InvitationLinks.Where(l => l.AssignmentId != null && seats.Contains(l.AssignmentId.Value) || l.AskId != null && asks.Contains(l.AskId.Value)).ToListAsync(ct));
        db.NoticeChoices.RemoveRange(await db.NoticeChoices.Where(c => all.Contains(c.VolunteerId)).ToListAsync(ct));
        db.StaffingSubscriptions.RemoveRange(await db.StaffingSubscriptions.Where(s => all.Contains(s.VolunteerId)).ToListAsync(ct));
        db.PinFailures.RemoveRange(await db.PinFailures.Where(f => all.Contains(f.VolunteerId)).ToListAsync(ct));
        db.SavedFilters.RemoveRange(await db.SavedFilters.Where(f => all.Contains(f.OwnerId)).ToListAsync(ct));
        db.JoinApplications.RemoveRange(await db.JoinApplications.Where(a => a.VolunteerId != null && all.Contains(a.VolunteerId.Value) || index != null && a.Phone!.WholeIndex == index).ToListAsync(ct));
        foreach (var row in await db.ImportedRows.Where(r => all.Contains(r.VolunteerId)).ToListAsync(ct)) row.Forget();
    }
}

/// <summary>What erasing somebody brings with it, to be said before: what goes, and what the law keeps.</summary>
/// <param name="Departure">What lies ahead of the person.</param>
/// <param name="Runs">Runs attended, which stay under the number.</param>
/// <param name="Hours">Hours, which stay.</param>
public sealed record ErasureView(string MaskedName, string Number, DepartureView Departure, int Runs, TimeSpan Hours);

/// <summary>Looks at what erasing somebody would bring with it.</summary>
public sealed class ErasureConsequences(Hub hub)
{
    public async Task<Outcome<ErasureView>> LoadAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.MayAdminister) return read.Denied(this, id);
        if (await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == id, ct) is not { } who) return new VolunteerNotFound();
        if (who.Closed is { } closed) return closed;
        var farewell = await read.FarewellAsync(who, ct);
        if (farewell.Refused) return farewell.Refusal;
        return new ErasureView(
            MaskedName.Of(who.Name), who.Number, await read.DepartureAsync(who, farewell.Value, ct),
            await read.Db.Attendances.CountAsync(a => a.VolunteerId == id && a.Intervals.Any(i => i.AnnulledAt == null), ct),
            TimeSpan.FromSeconds(await read.Db.HourEntries.Where(h => h.VolunteerId == id).SumAsync(h => h.CreditedSeconds, ct)));
    }
}

/// <summary>Somebody whose record has been kept for as long as it has to be.</summary>
public sealed record RetiredRecord(VolunteerId Id, string Name, string Number, DateOnly LeftOn);

/// <param name="Years">For how many years records are kept after somebody left.</param>
/// <param name="Custodian">Who answers for the records.</param>
public sealed record RetentionView(int Years, string? Custodian, DateOnly LeftBefore, IReadOnlyList<RetiredRecord> Due, int More);

/// <summary>Who left longer ago than records have to be kept (GB/T 40143-2021, 5.2.2).</summary>
public sealed class RetentionList(Hub hub)
{
    private const int Shown = 50;

    public async Task<Outcome<RetentionView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var privacy = read.Community.Privacy;
        var before = read.Today.AddYears(-privacy.RetentionYears);
        var due = read.Db.Volunteers.Where(v => v.Status == VolunteerStatus.Left && v.LeftOn < before && v.ErasedAt == null && v.MergedInto == null);
        var first = await due.OrderBy(v => v.LeftOn).ThenBy(v => v.Number).Take(Shown).Select(v => new RetiredRecord(v.Id, v.Name, v.Number, v.LeftOn!.Value)).ToListAsync(ct);
        return new RetentionView(privacy.RetentionYears, privacy.Custodian, before, first, await due.CountAsync(ct) - first.Count);
    }
}
