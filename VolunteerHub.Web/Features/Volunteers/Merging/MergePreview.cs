using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Merging;

/// <summary>One of the two records, as they stand side by side.</summary>
public sealed record MergeSide(
    VolunteerId Id, string Number, string Name, VolunteerKind Kind, VolunteerStatus Status, string? Phone, DateOnly? JoinedOn, IReadOnlyList<string> Teams,
    IReadOnlyList<string> Qualifications, IReadOnlyList<string> Tags, int Duties, int Runs, TimeSpan Hours, bool HasAccount, PrivateMarks Private);

/// <summary>What will happen.</summary>
/// <param name="Memberships">Teams that the survivor gets.</param>
/// <param name="Ended">Teams in which both are: one membership ends.</param>
/// <param name="Seats">Seats that go over.</param>
/// <param name="SeatsTwice">Past seats held twice, of which one is given up.</param>
/// <param name="Runs">Runs attended that go over.</param>
/// <param name="Total">Hours of the survivor afterwards.</param>
/// <param name="FieldsTaken">Protected fields that the survivor gets.</param>
/// <param name="FieldsLost">Protected fields that both have: the survivor's stays.</param>
/// <param name="PhoneLost">Whether both have a phone number: the survivor's stays.</param>
/// <param name="Account">What becomes of accounts.</param>
public sealed record MergePlan(
    IReadOnlyList<string> Memberships, IReadOnlyList<string> Ended, int Seats, int SeatsTwice, int Runs, TimeSpan Total,
    IReadOnlyList<PrivateField> FieldsTaken, IReadOnlyList<PrivateField> FieldsLost, bool PhoneLost, MergedAccount Account);

public enum MergedAccount
{
    /// <summary>The duplicate has none.</summary>
    Unchanged,

    /// <summary>The duplicate's signs in under the survivor's number from now on.</summary>
    Moved,

    /// <summary>Both have one: the duplicate's ends.</summary>
    Ended,
}

/// <param name="Survivor">The record that goes on.</param>
/// <param name="Duplicate">The record that ends.</param>
/// <param name="Plan">What will happen; null where it cannot.</param>
/// <param name="Against">Why it cannot happen.</param>
public sealed record MergeView(MergeSide Survivor, MergeSide Duplicate, MergePlan? Plan, Refusal? Against);

/// <summary>The coordinator looks at what merging two records would do.</summary>
public sealed class MergePreview(Hub hub, PhoneProtector phones)
{
    public async Task<Outcome<MergeView>> LoadAsync(Actor actor, VolunteerId survivorId, VolunteerId duplicateId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.MayAdminister) return read.Denied(this, duplicateId);
        var (survivor, duplicate) = (await SideAsync(read, survivorId, ct), await SideAsync(read, duplicateId, ct));
        if (survivor is null || duplicate is null) return new VolunteerNotFound();
        var facts = await read.MergeFactsAsync(survivorId, duplicateId, ct);
        return facts.Refused ? new MergeView(survivor, duplicate, null, facts.Refusal) : new MergeView(survivor, duplicate, await PlanAsync(read, facts.Value, survivor, duplicate, ct), null);
    }

    private async Task<MergeSide?> SideAsync(HubTransaction read, VolunteerId id, CancellationToken ct)
    {
        if (await read.WholeVolunteers().FirstOrDefaultAsync(v => v.Id == id, ct) is not { } who) return null;
        var today = read.Today;
        var teams = await (from m in read.Db.Memberships join t in read.Db.Teams on m.TeamId equals t.Id where m.VolunteerId == id && m.Since <= today && (m.Until == null || today < m.Until) orderby t.Order select t.Name).ToListAsync(ct);
        var now = read.Now;
        return new MergeSide(
            who.Id, who.Number, who.Name, who.Kind, who.Status, phones.Masked(who.Phone), who.JoinedOn == default ? null : who.JoinedOn, teams,
            [.. who.Qualifications.Select(q => q.Kind)], [.. who.Tags.Select(t => t.Name)],
            await read.Db.Assignments.CountAsync(a => a.VolunteerId == id && a.Start > now && (a.Status == Domain.Rosters.AssignmentStatus.Proposed || a.Status == Domain.Rosters.AssignmentStatus.Invited || a.Status == Domain.Rosters.AssignmentStatus.Accepted), ct),
            await read.Db.Attendances.CountAsync(a => a.VolunteerId == id && a.Intervals.Any(i => i.AnnulledAt == null), ct),
            TimeSpan.FromSeconds(await read.Db.HourEntries.Where(h => h.VolunteerId == id).SumAsync(h => h.CreditedSeconds, ct)),
            await read.Db.Users.AnyAsync(a => a.VolunteerId == id, ct),
            new PrivateMarks(phones.Masked(who.Phone), who.BornOn is not null, who.Address is not null, who.IdNumber is not null, who.EmergencyContact is not null, who.Guardian is not null));
    }

    private static async Task<MergePlan> PlanAsync(HubTransaction read, MergeFacts facts, MergeSide survivor, MergeSide duplicate, CancellationToken ct)
    {
        var names = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        var doubled = facts.Doubled(read.Today);
        var over = facts.Runs.Select(r => r.Id).ToHashSet();
        var total = facts.Runs.Sum(r => Later(r).Ticks) + facts.Entries.Where(h => h.IsCorrection || !over.Contains(h.RunId)).Sum(h => h.Credited.Ticks);
        return new MergePlan(
            [.. facts.Memberships.Where(m => m.VolunteerId == facts.Duplicate.Id && m.InForceOn(read.Today) && !doubled.Any(d => d.TeamId == m.TeamId)).Select(m => names[m.TeamId])],
            [.. doubled.Select(m => names[m.TeamId]).Distinct()],
            facts.Runs.Sum(r => r.Assignments.Count(a => a.VolunteerId == facts.Duplicate.Id && a.Holds && !facts.Twice.Contains(a.Id))), facts.Twice.Count,
            facts.Attendances.Count(a => a.VolunteerId == facts.Duplicate.Id && a.HasArrived), TimeSpan.FromTicks(total),
            [.. Fields.Where(f => Has(duplicate, f) && !Has(survivor, f))], [.. Fields.Where(f => Has(duplicate, f) && Has(survivor, f))],
            survivor.Phone is not null && duplicate.Phone is not null,
            !duplicate.HasAccount ? MergedAccount.Unchanged : survivor.HasAccount ? MergedAccount.Ended : MergedAccount.Moved);

        TimeSpan Later(Domain.Runs.ServiceRun run) =>
            new[] { facts.EntryOf(facts.Survivor, run.Id), facts.EntryOf(facts.Duplicate, run.Id) }.OfType<Domain.Hours.HourEntry>().FirstOrDefault(h => h.Status != Domain.Hours.HourStatus.Proposed) is { } settled
                ? settled.Credited
                : TimeSpan.FromSeconds((long)facts.CreditAt(run, read.Community.Credit).TotalSeconds);
    }

    private static IEnumerable<PrivateField> Fields => Enum.GetValues<PrivateField>().Where(f => f != PrivateField.Phone);

    private static bool Has(MergeSide side, PrivateField field) => field switch
    {
        PrivateField.BornOn => side.Private.BornOn,
        PrivateField.Address => side.Private.Address,
        PrivateField.IdNumber => side.Private.IdNumber,
        PrivateField.EmergencyContact => side.Private.EmergencyContact,
        PrivateField.Guardian => side.Private.Guardian,
        _ => false,
    };
}

/// <summary>Somebody who may be the same person.</summary>
public sealed record MergeChoice(VolunteerId Id, string Name, string Number, string? Phone, string Teams);

/// <summary>Finds the other record: by any part of name, initials or number, or by a phone number or its last four digits.</summary>
public sealed class MergeSearch(Hub hub, PhoneProtector phones)
{
    private const int Most = 8;
    private const int TailDigits = 4;

    public async Task<Outcome<IReadOnlyList<MergeChoice>>> LoadAsync(Actor actor, VolunteerId but, string typed, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.MayAdminister) return read.Denied(this, but);
        var text = PersonNames.Searchable(typed);
        if (text.Length == 0) return Array.Empty<MergeChoice>();
        var (whole, tail) = (PhoneNumberReader.Read(text) is { } e164 ? phones.WholeIndex(e164) : null, text.Length == TailDigits && text.All(char.IsAsciiDigit) ? phones.TailIndex(text) : null);
        var end = text + '\uFFFF';
        var terms = read.Db.SearchTerms.Where(t => t.Term.CompareTo(text) >= 0 && t.Term.CompareTo(end) < 0).Select(t => t.VolunteerId);
        var found = await read.Db.Volunteers
            .Where(v => v.MergedInto == null && v.ErasedAt == null && v.Id != but && (terms.Contains(v.Id) || whole != null && v.Phone!.WholeIndex == whole || tail != null && v.Phone!.TailIndex == tail))
            .OrderBy(v => v.Number).Take(Most).ToListAsync(ct);
        var ids = found.ConvertAll(f => f.Id);
        var today = read.Today;
        var teams = (await (from m in read.Db.Memberships join t in read.Db.Teams on m.TeamId equals t.Id where ids.Contains(m.VolunteerId) && m.Since <= today && (m.Until == null || today < m.Until) select new { m.VolunteerId, t.Name }).ToListAsync(ct)).ToLookup(m => m.VolunteerId, m => m.Name);
        return found.ConvertAll(f => new MergeChoice(f.Id, f.Name, f.Number, phones.Masked(f.Phone), string.Join(' ', teams[f.Id])));
    }
}
