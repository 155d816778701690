using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>The record of a volunteer for who may read it. The id of a record that was merged leads to the one that goes on.</summary>
public sealed class VolunteerRecord(Hub hub, PhoneProtector phones)
{
    /// <summary>So many days before its end a qualification is marked.</summary>
    public const int ExpiringDays = 60;

    private const int OfAge = 18;
    private const int LastShown = 5;
    private const int NextShown = 5;
    private const int MostSuggestions = 60;

    public async Task<Outcome<RecordView>> LoadAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var readable = await read.ReadableAsync(this, id, ct);
        if (readable.Refused) return readable.Refusal;
        var who = readable.Value;
        var teams = (await read.Db.Teams.ToListAsync(ct)).OrderBy(t => t.Order).ToList();
        var places = await read.Db.Memberships.Where(m => m.VolunteerId == who.Id).OrderByDescending(m => m.Since).ToListAsync(ct);
        var inForce = places.Where(m => m.InForceOn(read.Today)).ToList();
        var change = who.IsLive && read.MayKeep(who, inForce.Select(m => m.TeamId));
        var hours = await (from h in read.Db.HourEntries join r in read.Db.Runs on h.RunId equals r.Id where h.VolunteerId == who.Id && h.Status == Domain.Hours.HourStatus.Final select new { h.CreditedSeconds, r.StartsAt }).ToListAsync(ct);
        var newYear = read.DayStart(new DateOnly(read.Today.Year, 1, 1));
        var duties = await DutiesAsync(read, who.Id, ct);
        var evaluations = await (from e in read.Db.Evaluations join r in read.Db.Runs on e.RunId equals r.Id where e.VolunteerId == who.Id orderby r.StartsAt descending select new { e.RunId, e.Grade, e.Remark, r.Title, r.StartsAt }).ToListAsync(ct);
        var next = duties.Where(d => d.Slot.End > read.Now).OrderBy(d => d.Slot.Start).ToList();
        var born = read.BornOn(who);
        return new RecordView
        {
            Id = who.Id,
            Number = who.Number,
            FormerNumbers = who.FormerNumbers,
            Name = who.Name,
            Initials = who.Initials,
            Kind = who.Kind,
            Status = who.Status,
            JoinedOn = who.JoinedOn == default ? null : who.JoinedOn,
            LeftOn = who.LeftOn,
            ErasedAt = who.ErasedAt,
            // That it is on record is told, what it says is not.
            Profile = who.Profile with { Ethnicity = who.Ethnicity is null ? null : "" },
            Private = new PrivateMarks(phones.Masked(who.Phone), who.BornOn is not null, who.Address is not null, who.IdNumber is not null, who.EmergencyContact is not null, who.Guardian is not null),
            IsMinor = born is { } day && MinorRule.AgeOn(day, read.Today) < OfAge,
            GuardianConsentTo = who.GuardianConsentUntil?.AddDays(-1),
            Availability = who.Availability,
            Qualifications = [.. who.Qualifications.OrderBy(q => q.Kind, StringComparer.Ordinal).ThenBy(q => q.From).Select(q => new QualificationView(q.Id, q.Kind, q.From, q.Until, q.Proof, StateOf(q, read.Today), RecordStamps.Qualification(q)))],
            Trainings = [.. who.Trainings.OrderByDescending(t => t.On).Select(t => new TrainingView(t.Id, t.Title, t.On, t.Hours, t.Organiser))],
            Awards = [.. who.Awards.OrderByDescending(a => a.On).Select(a => new AwardView(a.Id, a.Title, a.On, a.Issuer))],
            Evaluations = [.. evaluations.Take(LastShown).Select(e => new EvaluationView(e.RunId, e.Title, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(e.StartsAt, read.Zone).DateTime), e.Grade, e.Remark))],
            Grades = [.. evaluations.CountBy(e => e.Grade).OrderBy(g => g.Key).Select(g => (g.Key, g.Value))],
            Tags = [.. who.Tags.Select(t => t.Name).Order(StringComparer.Ordinal)],
            Consents = await ConsentsAsync(read, who, ct),
            Memberships = [.. places.Select(m => teams.Find(t => t.Id == m.TeamId)! is var team ? new MembershipView(
                m.Id, m.TeamId, team.Name, team.Colour, team.Glyph, m.Role, m.Since, m.Until, m.InForceOn(read.Today),
                who.IsLive && (m.Until is null || m.Until > read.Today) && (m.LeadsOn(read.Today) ? read.Authority.MayAdminister : read.Authority.MayLead(m.TeamId))) : null!)],
            TeamsToJoin = change && who.Status != VolunteerStatus.Left
                ? [.. teams.Where(t => !t.IsClosed && read.Authority.MayLead(t.Id) && !places.Exists(m => m.TeamId == t.Id && (m.Until is null || m.Until > read.Today))).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour))]
                : [],
            Hours = TimeSpan.FromSeconds(hours.Sum(h => h.CreditedSeconds)),
            HoursThisYear = TimeSpan.FromSeconds(hours.Where(h => h.StartsAt >= newYear).Sum(h => h.CreditedSeconds)),
            LastDuties = [.. duties.Where(d => d.Slot.End <= read.Now).OrderByDescending(d => d.Slot.Start).Take(LastShown)],
            NextDuties = [.. next.Take(NextShown)],
            DutiesAhead = next.Count,
            History = await RecordHistory.LoadAsync(read, who.Id, ct),
            HasAccount = await read.Db.Users.AnyAsync(a => a.VolunteerId == who.Id, ct),
            HasPin = who.PinHash is not null,
            CodeIssuedAt = who.PersonalCodeIssuedAt,
            AsksIdNumber = read.Community.Privacy.AsksIdNumber,
            AsksEthnicity = read.Community.Privacy.AsksEthnicity,
            KnownTags = change ? await read.Db.Volunteers.SelectMany(v => v.Tags).Select(t => t.Name).Distinct().OrderBy(t => t).Take(MostSuggestions).ToListAsync(ct) : [],
            KnownQualifications = change ? await read.Db.Volunteers.SelectMany(v => v.Qualifications).Select(q => q.Kind).Distinct().OrderBy(k => k).Take(MostSuggestions).ToListAsync(ct) : [],
            May = new RecordRights(
                change, who.IsLive && await read.MayLetGoAsync(who, forGood: false, ct), who.IsLive && await read.MayLetGoAsync(who, forGood: true, ct),
                who.ErasedAt is null && read.Authority.MayAdminister, read.Authority.ReadsAll),
            Stamps = new SectionStamps(RecordStamps.Basics(who), RecordStamps.Contact(who), RecordStamps.Guardian(who), RecordStamps.Abilities(who), RecordStamps.Availability(who)),
        };
    }

    /// <summary>The same by number, also by one of a record that was merged since.</summary>
    public async Task<Outcome<RecordView>> LoadByNumberAsync(Actor actor, string number, CancellationToken ct = default)
    {
        VolunteerId? found;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            found = await read.Db.Volunteers.Where(v => v.Number == number).Select(v => (VolunteerId?)v.Id).FirstOrDefaultAsync(ct);
        }

        // Whether there is such a number is told only to who may read the record.
        return await LoadAsync(actor, found ?? default, ct);
    }

    public static QualificationState StateOf(Qualification held, DateOnly today) => held switch
    {
        _ when held.From > today => QualificationState.Ahead,
        { Until: { } until } when until < today => QualificationState.Expired,
        { Until: { } until } when until <= today.AddDays(ExpiringDays) => QualificationState.Expiring,
        _ => QualificationState.Valid,
    };

    private static async Task<List<DutyLine>> DutiesAsync(HubTransaction read, VolunteerId who, CancellationToken ct)
    {
        var seats = await (from a in read.Db.Assignments
                           join r in read.Db.Runs on a.RunId equals r.Id
                           where a.VolunteerId == who && (r.Status == RunStatus.Published || r.Status == RunStatus.Completed)
                               && (a.Status == AssignmentStatus.Invited || a.Status == AssignmentStatus.Accepted || a.Status == AssignmentStatus.CoverSought)
                           select new { a.RunId, r.Title, a.Start, a.End }).ToListAsync(ct);
        var came = (await read.Db.Attendances.Where(a => a.VolunteerId == who && a.Intervals.Any(i => i.AnnulledAt == null)).Select(a => a.RunId).ToListAsync(ct)).ToHashSet();
        return seats.ConvertAll(s => new DutyLine(s.RunId, s.Title, new TimeSlot(s.Start, s.End), s.Start > read.Now ? null : came.Contains(s.RunId)));
    }

    private static async Task<List<ConsentView>> ConsentsAsync(HubTransaction read, Volunteer who, CancellationToken ct)
    {
        var by = who.Consents.Select(c => c.RecordedBy).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => by.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        return [.. Enum.GetValues<ConsentPurpose>().Select(purpose => who.Consents.Where(c => c.Purpose == purpose).OrderBy(c => c.Holds).ThenBy(c => c.GivenAt).LastOrDefault() is { } last
            ? new ConsentView(purpose, last.Holds, last.Way, last.GivenAt, last.WithdrawnAt, last.RecordedBy == who.Id ? null : names.GetValueOrDefault(last.RecordedBy))
            : new ConsentView(purpose, false, null, null, null, null))];
    }
}

/// <summary>The last lines of the audit about a person, in the words of the record.</summary>
internal static class RecordHistory
{
    private const int Shown = 15;
    private const int Read = 120;

    /// <summary>Lines that tell the reader nothing beyond another one beside them.</summary>
    private static readonly string[] Silent = ["InvitationLink", "PinFailures", "AttendanceInterval", "AttendanceMoment", nameof(ProtectedPhone)];

    /// <summary>The last lines, several of a kind in a row as one.</summary>
    public static async Task<List<HistoryLine>> LoadAsync(HubTransaction read, VolunteerId who, CancellationToken ct)
    {
        var lines = new List<HistoryLine>();
        foreach (var line in await LinesAsync(read, who, Read, ct))
        {
            if (lines.LastOrDefault() is { } last && last with { At = line.At, Times = 1 } == line && last.At - line.At < TimeSpan.FromHours(1)) lines[^1] = last with { Times = last.Times + 1 };
            else lines.Add(line);
        }

        return [.. lines.Take(Shown)];
    }

    public static Task<List<HistoryLine>> AllAsync(HubTransaction read, VolunteerId who, CancellationToken ct) => LinesAsync(read, who, int.MaxValue, ct);

    private static async Task<List<HistoryLine>> LinesAsync(HubTransaction read, VolunteerId who, int most, CancellationToken ct)
    {
        var about = (await read.Db.Volunteers.Where(v => v.MergedInto == who).Select(v => v.Id).ToListAsync(ct)).Append(who).Select(id => (Guid?)id.Value).ToList();
        var lines = await read.Db.AuditLines.Where(l => about.Contains(l.About) && !Silent.Contains(l.Subject)).OrderByDescending(l => l.Id).Take(most)
            .Select(l => new { l.At, l.ActorId, l.Action, l.Subject, l.Changes }).ToListAsync(ct);
        var actors = lines.Select(l => new VolunteerId(l.ActorId)).Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => actors.Contains(v.Id)).ToDictionaryAsync(v => v.Id.Value, v => v.Name, ct);
        return lines.ConvertAll(l => new HistoryLine(l.At, names.GetValueOrDefault(l.ActorId), ActionOf(l.Action), SubjectOf(l.Subject), l.Action == AuditActions.Revealed ? FieldOf(l.Changes) : null));
    }

    private static HistoryAction ActionOf(string action) => action switch
    {
        nameof(EntityState.Added) => HistoryAction.Added,
        nameof(EntityState.Deleted) => HistoryAction.Removed,
        _ => Enum.TryParse<HistoryAction>(action, out var known) ? known : HistoryAction.Changed,
    };

    private static HistorySubject SubjectOf(string subject) => subject switch
    {
        nameof(Volunteer) => HistorySubject.Record,
        "Membership" => HistorySubject.Membership,
        nameof(Qualification) => HistorySubject.Qualification,
        nameof(Consent) => HistorySubject.Consent,
        nameof(VolunteerTag) => HistorySubject.Tag,
        nameof(Training) or nameof(Award) => HistorySubject.Achievement,
        nameof(Assignment) => HistorySubject.Roster,
        "Attendance" => HistorySubject.Attendance,
        "HourEntry" => HistorySubject.Hours,
        nameof(Domain.Hours.Evaluation) => HistorySubject.Evaluation,
        "Account" or "RememberedPhone" or "OneUseLink" => HistorySubject.Account,
        "Lending" => HistorySubject.Lending,
        nameof(JoinApplication) => HistorySubject.Application,
        _ => HistorySubject.Other,
    };

    private static PrivateField? FieldOf(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        return json.RootElement.TryGetProperty("Field", out var field) && field.ValueKind == JsonValueKind.Array && Enum.TryParse<PrivateField>(field[1].GetString(), out var known) ? known : null;
    }
}
