using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Merging;

/// <summary>
/// The coordinator makes two records of one person one. All that the duplicate has goes over in one transaction; its number
/// leads to the record that goes on, its history stays.
/// </summary>
public sealed class MergeVolunteers(Hub hub, IStringLocalizer<Texts> texts)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId survivorId, VolunteerId duplicateId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, duplicateId);
        var gathered = await work.MergeFactsAsync(survivorId, duplicateId, ct);
        if (gathered.Refused) return gathered.Refusal;
        var facts = gathered.Value;
        var (survivor, duplicate) = (facts.Survivor, facts.Duplicate);
        foreach (var doubled in facts.Doubled(work.Today)) doubled.EndOn(work.Today);
        foreach (var membership in facts.Memberships.Where(m => m.VolunteerId == duplicateId)) membership.MoveTo(survivorId);
        foreach (var run in facts.Runs) MergeRun(work, facts, run);
        var phone = survivor.Phone is null ? duplicate.Phone : null;
        if (duplicate.MergeInto(survivor, work.Today) is { Refused: true } refused) return refused;
        if (phone is not null) await HandOverAsync(work, survivor, phone, ct);
        foreach (var earlier in await work.Db.Volunteers.Where(v => v.MergedInto == duplicateId).ToListAsync(ct)) earlier.LeadTo(survivorId);
        await MoveLendingsAsync(work, survivorId, duplicateId, ct);
        await MovePapersAsync(work, survivorId, duplicateId, ct);
        await MoveNewsAsync(work, survivorId, duplicateId, ct);
        await MoveAccountAsync(work, survivor, duplicateId, ct);
        work.Note(AuditActions.Merged, nameof(Volunteer), survivorId.ToString(), JsonSerializer.Serialize(new Dictionary<string, string[]> { [nameof(Volunteer.Number)] = [duplicate.Number, survivor.Number] }), survivorId);
        return await work.SavePeopleAsync([.. facts.Runs.Where(r => r.EndsAt > work.Now).Select(r => r.Id)], ct);
    }

    /// <summary>A number belongs to one record at any time, also between two statements: the one lets it go before the other has it.</summary>
    private static async Task HandOverAsync(HubTransaction work, Volunteer survivor, ProtectedPhone phone, CancellationToken ct)
    {
        survivor.SetPhone(null);
        await work.Db.SaveChangesAsync(ct);
        survivor.SetPhone(phone with { });
    }

    /// <summary>Seats, attendance and hours of one run. Confirmed hours move as they are; proposed ones are counted anew.</summary>
    private void MergeRun(HubTransaction work, MergeFacts facts, ServiceRun run)
    {
        var (survivor, duplicate) = (facts.Survivor, facts.Duplicate);
        var credit = facts.CreditAt(run, work.Community.Credit);
        run.HandOver(duplicate.Id, survivor.Id, facts.Twice, texts["Merge.SeatTwice"], work.Actor.Id, work.Now);
        if (facts.AttendanceOf(duplicate, run.Id) is { } there)
        {
            if (facts.AttendanceOf(survivor, run.Id) is { } here)
            {
                here.TakeOver(there);
                // Seen at the one that takes them before the one that gives them, whichever was read first: intervals are never without an attendance.
                work.Db.Entry(here).DetectChanges();
                work.Db.Entry(there).DetectChanges();
                work.Db.Attendances.Remove(there);
            }
            else
            {
                there.MoveTo(survivor.Id);
            }
        }

        var (kept, other) = (facts.EntryOf(survivor, run.Id), facts.EntryOf(duplicate, run.Id));
        if (kept is not null && other is not null)
        {
            // Where only one of the two served, the other's is empty; a confirmed one is the one that stands.
            var (stands, goes) = other.Status != HourStatus.Proposed ? (other, kept) : (kept, other);
            work.Db.HourEntries.Remove(goes);
            (kept, other) = (stands, null);
        }

        // What corrects an entry goes with it.
        foreach (var correction in facts.Entries.Where(h => h.RunId == run.Id && h.IsCorrection && h.VolunteerId != survivor.Id)) correction.MoveTo(survivor.Id);
        var entry = kept ?? other;
        if (entry is null && credit > TimeSpan.Zero) work.Db.HourEntries.Add(new HourEntry(run.Id, survivor.Id, credit, work.Now));
        if (entry is null) return;
        if (entry.VolunteerId != survivor.Id) entry.MoveTo(survivor.Id);
        entry.Follow(credit);
    }

    private static async Task MoveLendingsAsync(HubTransaction work, VolunteerId survivor, VolunteerId duplicate, CancellationToken ct)
    {
        var lendings = await work.Db.Lendings.Where(l => l.VolunteerId == duplicate || l.VolunteerId == survivor).ToListAsync(ct);
        foreach (var lending in lendings.Where(l => l.VolunteerId == duplicate))
        {
            if (lendings.Exists(l => l.VolunteerId == survivor && (l.RunId, l.BorrowerTeamId) == (lending.RunId, lending.BorrowerTeamId) && l.Status == LendingStatus.Granted))
                lending.TakeBack("", isOnRoster: false, work.Actor.Id, work.Now);
        }

        foreach (var lending in lendings.Where(l => l.VolunteerId == duplicate).ToList()) lending.MoveTo(survivor);
    }

    private static async Task MovePapersAsync(HubTransaction work, VolunteerId survivor, VolunteerId duplicate, CancellationToken ct)
    {
        var evaluated = await work.Db.Evaluations.Where(e => e.VolunteerId == survivor).Select(e => e.RunId).ToListAsync(ct);
        foreach (var evaluation in await work.Db.Evaluations.Where(e => e.VolunteerId == duplicate).ToListAsync(ct))
        {
            // Where both were evaluated for one run, the survivor's stands.
            if (evaluated.Contains(evaluation.RunId)) work.Db.Evaluations.Remove(evaluation);
            else evaluation.MoveTo(survivor);
        }

        foreach (var application in await work.Db.JoinApplications.Where(a => a.VolunteerId == duplicate).ToListAsync(ct)) application.MoveTo(survivor);
        foreach (var item in await work.Db.ReviewItems.Where(i => i.VolunteerId == duplicate).ToListAsync(ct)) item.MoveTo(survivor);
        foreach (var certificate in await work.Db.Certificates.Where(c => c.VolunteerId == duplicate).ToListAsync(ct)) certificate.MoveTo(survivor);
        foreach (var walkIn in await work.Db.UnknownWalkIns.Where(w => w.VolunteerId == duplicate).ToListAsync(ct)) walkIn.MoveTo(survivor);
        foreach (var run in await work.Db.Runs.Where(r => r.BoardHolderId == duplicate).ToListAsync(ct)) run.HandBoardTo(survivor);
        foreach (var phone in await work.Db.RememberedPhones.Where(p => p.VolunteerId == duplicate).ToListAsync(ct)) phone.MoveTo(survivor);
        foreach (var filter in await work.Db.SavedFilters.Where(f => f.OwnerId == duplicate).ToListAsync(ct)) filter.MoveTo(survivor);
        foreach (var link in await work.Db.OneUseLinks.Where(l => l.VolunteerId == duplicate && l.UsedAt == null && l.RevokedAt == null).ToListAsync(ct)) link.Revoke(work.Now);
        work.Db.PinFailures.RemoveRange(await work.Db.PinFailures.Where(f => f.VolunteerId == duplicate).ToListAsync(ct));
    }

    /// <summary>What the duplicate was told, was asked, waits for and would like; where both have it, the survivor's stands.</summary>
    private static async Task MoveNewsAsync(HubTransaction work, VolunteerId survivor, VolunteerId duplicate, CancellationToken ct)
    {
        foreach (var notice in await work.Db.Notices.Where(n => n.VolunteerId == duplicate || n.About == duplicate).ToListAsync(ct)) notice.MoveTo(duplicate, survivor);
        foreach (var message in await work.Db.Messages.Where(m => m.VolunteerId == duplicate).ToListAsync(ct)) message.MoveTo(survivor);
        foreach (var ask in await work.Db.CoverAsks.Where(a => a.VolunteerId == duplicate).ToListAsync(ct)) ask.MoveTo(survivor);
        var waiting = await work.Db.WaitList.Where(w => w.Status == WaitingStatus.Waiting && w.VolunteerId == survivor).Select(w => w.PostId).ToListAsync(ct);
        foreach (var place in await work.Db.WaitList.Where(w => w.VolunteerId == duplicate).ToListAsync(ct))
        {
            if (waiting.Contains(place.PostId)) place.Leave(work.Now);
            place.MoveTo(survivor);
        }

        foreach (var release in await work.Db.FairReleases.ToListAsync(ct)) release.MoveTo(duplicate, survivor);
        work.Db.NoticeChoices.RemoveRange(await work.Db.NoticeChoices.Where(c => c.VolunteerId == duplicate).ToListAsync(ct));
        work.Db.StaffingSubscriptions.RemoveRange(await work.Db.StaffingSubscriptions.Where(s => s.VolunteerId == duplicate).ToListAsync(ct));
    }

    /// <summary>One account is left: the survivor's, or the duplicate's under the survivor's number. Roles of either stay given.</summary>
    private static async Task MoveAccountAsync(HubTransaction work, Volunteer survivor, VolunteerId duplicate, CancellationToken ct)
    {
        if (await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == duplicate, ct) is not { } theirs) return;
        if (await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == survivor.Id, ct) is { } own)
        {
            var given = await (from g in work.Db.UserRoles join r in work.Db.Roles on g.RoleId equals r.Id where g.UserId == theirs.Id select r.Name!).ToListAsync(ct);
            foreach (var role in given)
            {
                await work.GiveAsync(own, role, ct);
                await work.TakeAsync(theirs, role, ct);
            }

            work.Db.Users.Remove(theirs);
            return;
        }

        (theirs.VolunteerId, theirs.UserName, theirs.NormalizedUserName) = (survivor.Id, survivor.Number, survivor.Number.ToUpperInvariant());
        theirs.EndSessions();
    }
}
