using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Privacy;

internal static class FileHolders
{
    public static Task<Volunteer?> FileHolderAsync(this HubTransaction work, VolunteerId id, CancellationToken ct) => work.WholeVolunteers().FirstOrDefaultAsync(v => v.Id == id, ct);
}

/// <summary>Reads all tables that know a person, and writes what stands there in words.</summary>
public sealed class PersonalFileSections(PhoneProtector phones, FieldProtector fields, CommunityTime time, IStringLocalizer<Texts> texts)
{
    /// <summary>The sections of a record and of all that hangs on it, empty ones left out.</summary>
    internal async Task<IReadOnlyList<FileSection>> OfAsync(HubTransaction work, Volunteer who, CancellationToken ct)
    {
        List<FileSection> all =
        [
            Single(texts["Data.Basics"], Basics(who)),
            Single(texts["Data.Contact"],
                (texts["Record.Phone"], who.Phone is { } phone ? PhoneNumberReader.National(phones.Reveal(phone)) : null), (texts["Record.Address"], fields.Reveal(who.Address)),
                (texts["Record.Emergency"], fields.Reveal(who.EmergencyContact)), (texts["Record.Guardian"], fields.Reveal(who.Guardian)), (texts["Record.GuardianUntil"], Day(who.GuardianConsentUntil?.AddDays(-1)))),
            Single(texts["Data.Abilities"],
                (texts["Record.Languages"], Join(who.Languages.Select(l => texts[$"Language.{l}"].Value))), (texts["Record.Skills"], Join(who.Skills)),
                (texts["Record.Lines"], Join(who.InterestLines.Select(l => texts[$"ServiceLine.{l}"].Value))),
                (texts["Record.Helps"], Join(Enum.GetValues<HelpTargets>().Where(h => h != HelpTargets.None && who.InterestHelps.HasFlag(h)).Select(h => texts[$"HelpTargets.{h}"].Value))),
                (texts["Record.InsuredUntil"], Day(who.InsuredUntil)), (texts["Record.Tags"], Join(who.Tags.Select(t => t.Name)))),
            Many(texts["Record.Availability"], who.Availability.Weekly.Select(w => Row((texts["Data.When"], $"{texts[$"DayOfWeek.{w.Day}"]} {w.From:HH\\:mm}–{w.To:HH\\:mm}")))
                .Concat(who.Availability.Exceptions.Select(e => Row((texts["Data.When"], $"{time.FullDay(e.Day)} {texts[e.Free ? "Record.Free" : "Record.NotFree"]}"))))),
            Many(texts["Record.Qualifications"], who.Qualifications.Select(q => Row((texts["Record.Qualification"], q.Kind), (texts["Record.From"], Day(q.From)), (texts["Record.Until"], Day(q.Until)), (texts["Record.Proof"], q.Proof)))),
            Many(texts["Record.Achievements"], who.Trainings.Select(t => Row((texts["Data.What"], t.Title), (texts["Data.When"], Day(t.On)), (texts["Record.TrainingHours"], t.Hours?.ToString(CultureInfo.CurrentCulture)), (texts["Record.Organiser"], t.Organiser)))
                .Concat(who.Awards.Select(a => Row((texts["Data.What"], a.Title), (texts["Data.When"], Day(a.On)), (texts["Record.Issuer"], a.Issuer))))),
            Many(texts["Record.Consents"], who.Consents.OrderBy(c => c.GivenAt).Select(c => Row((texts["Data.What"], texts[$"ConsentPurpose.{c.Purpose}"]), (texts["Data.How"], texts[$"ConsentWay.{c.Way}"]), (texts["Data.Given"], At(c.GivenAt)), (texts["Data.Withdrawn"], At(c.WithdrawnAt))))),
        ];
        all.AddRange(await ServiceAsync(work, who.Id, ct));
        all.AddRange(await PapersAsync(work, who, ct));
        return all.FindAll(s => s.Entries.Any(e => e.Count > 0));
    }

    private (LocalizedString Name, string? Value)[] Basics(Volunteer who) =>
    [
        (texts["Record.Number"], who.Number), (texts["Record.FormerNumbers"], Join(who.FormerNumbers)), (texts["Record.Name"], who.Name), (texts["Record.Initials"], who.Initials),
        (texts["Record.Kind"], texts[$"VolunteerKind.{who.Kind}"]), (texts["Record.Status"], texts[$"VolunteerStatus.{who.Status}"]),
        (texts["Record.JoinedOn"], who.JoinedOn == default ? null : Day(who.JoinedOn)), (texts["Record.LeftOn"], Day(who.LeftOn)),
        (texts["Record.BornOn"], Day(fields.RevealDay(who.BornOn))), (texts["Record.IdNumber"], fields.Reveal(who.IdNumber)),
        (texts["Record.Sex"], who.Sex is { } sex ? texts[$"Sex.{sex}"].Value : null), (texts["Record.Political"], who.Political is { } political ? texts[$"PoliticalStatus.{political}"].Value : null),
        (texts["Record.Ethnicity"], who.Ethnicity is { } code ? texts[$"Ethnicity.{code}"].Value : null), (texts["Record.Unit"], who.Unit),
        (texts["Data.Pin"], who.PinHash is null ? null : texts["Data.Kept"].Value), (texts["Data.Code"], At(who.PersonalCodeIssuedAt)),
    ];

    private async Task<IEnumerable<FileSection>> ServiceAsync(HubTransaction work, VolunteerId id, CancellationToken ct)
    {
        var teams = await work.Db.Teams.ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        var memberships = await work.Db.Memberships.Where(m => m.VolunteerId == id).OrderBy(m => m.Since).ToListAsync(ct);
        var seats = await work.Db.Assignments.Where(a => a.VolunteerId == id).OrderBy(a => a.Start).ToListAsync(ct);
        var attendances = await work.Db.Attendances.Include(a => a.Intervals).Where(a => a.VolunteerId == id).ToListAsync(ct);
        var hours = await work.Db.HourEntries.Where(h => h.VolunteerId == id).ToListAsync(ct);
        var lendings = await work.Db.Lendings.Where(l => l.VolunteerId == id).ToListAsync(ct);
        var evaluations = await work.Db.Evaluations.Where(e => e.VolunteerId == id).OrderBy(e => e.EvaluatedAt).ToListAsync(ct);
        var runs = seats.Select(a => a.RunId).Union(attendances.Select(a => a.RunId)).Union(hours.Select(h => h.RunId)).Union(lendings.Select(l => l.RunId)).Union(evaluations.Select(e => e.RunId)).ToList();
        var titles = await work.Db.Runs.Where(r => runs.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => $"{r.Title} {time.FullDay(time.DayOf(r.StartsAt))}", ct);
        return
        [
            Many(texts["Record.Teams"], memberships.Select(m => Row((texts["Record.Team"], teams[m.TeamId]), (texts["Record.Role"], texts[$"TeamRole.{m.Role}"]), (texts["Record.From"], Day(m.Since)), (texts["Record.Until"], Day(m.Until?.AddDays(-1)))))),
            Many(texts["Data.Duties"], seats.Select(a => Row((texts["Data.Run"], titles[a.RunId]), (texts["Data.When"], $"{At(a.Start)}–{time.Time(a.End)}"), (texts["Data.Answer"], texts[$"AssignmentStatus.{a.Status}"]), (texts["Data.Said"], a.DeclineReason)))),
            Many(texts["Data.Attendance"], attendances.SelectMany(a => a.Intervals.Select(i => Row(
                (texts["Data.Run"], titles[a.RunId]), (texts["Data.In"], $"{At(i.In.OccurredAt)} {texts[$"EvidenceKind.{i.In.Evidence}"]}"),
                (texts["Data.Out"], i.Out is { } o ? $"{At(o.OccurredAt)} {texts[$"EvidenceKind.{o.Evidence}"]}" : null), (texts["Data.TakenBack"], At(i.AnnulledAt)))))),
            Many(texts["Data.Hours"], hours.Select(h => Row((texts["Data.Run"], titles[h.RunId]), (texts["Data.Minutes"], (h.CreditedSeconds / 60).ToString(CultureInfo.InvariantCulture)), (texts["Record.Status"], texts[$"HourStatus.{h.Status}"]), (texts["Data.Said"], h.Objection)))),
            Many(texts["Data.Evaluations"], evaluations.SelectMany(e => e.Steps.OrderBy(s => s.At).Select(s => Row((texts["Data.Run"], titles[e.RunId]), (texts["Data.When"], At(s.At)), (texts["Evaluation.Grade"], texts[$"EvaluationGrade.{s.Grade}"]), (texts["Evaluation.Remark"], s.Remark))))),
            Many(texts["Data.Lendings"], lendings.Select(l => Row((texts["Data.Run"], titles[l.RunId]), (texts["Record.Team"], $"{teams[l.HomeTeamId]} → {teams[l.BorrowerTeamId]}"), (texts["Record.Status"], texts[$"LendingStatus.{l.Status}"]), (texts["Data.Said"], l.Note)))),
        ];
    }

    private async Task<IEnumerable<FileSection>> PapersAsync(HubTransaction work, Volunteer who, CancellationToken ct)
    {
        var id = who.Id;
        var account = await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == id, ct);
        var roles = account is null ? [] : await (from g in work.Db.UserRoles join r in work.Db.Roles on g.RoleId equals r.Id where g.UserId == account.Id select r.Name!).ToListAsync(ct);
        var phonesKnown = await work.Db.RememberedPhones.Where(p => p.VolunteerId == id).ToListAsync(ct);
        var links = await work.Db.OneUseLinks.Where(l => l.VolunteerId == id).ToListAsync(ct);
        var applications = await work.Db.JoinApplications.Where(a => a.VolunteerId == id).ToListAsync(ct);
        var filters = await work.Db.SavedFilters.Where(f => f.OwnerId == id).Select(f => f.Name).ToListAsync(ct);
        var imports = await (from r in work.Db.ImportedRows join b in work.Db.ImportBatches on r.ImportId equals b.Id where r.VolunteerId == id select new { b.FileName, b.StartedAt, r.Row }).ToListAsync(ct);
        var history = await RecordHistory.AllAsync(work, id, ct);
        return
        [
            Single(texts["Data.Account"], (texts["SignIn.Login"], account?.UserName), (texts["Data.Roles"], Join(roles.Select(r => texts[$"Demo.Role.{r}"].Value))), (texts["Data.Filters"], Join(filters))),
            Many(texts["Data.Phones"], phonesKnown.Select(p => Row((texts["Record.From"], At(p.SinceAt)), (texts["Record.Until"], At(p.ExpiresAt))))),
            Many(texts["Data.Links"], links.Select(l => Row((texts["Data.What"], texts[$"LinkUse.{l.Use}"]), (texts["Record.From"], At(l.MadeAt)), (texts["Record.Until"], At(l.ExpiresAt))))),
            Many(texts["Data.Applications"], applications.Select(a => Row((texts["Data.When"], At(a.SentAt)), (texts["Record.Status"], texts[$"ApplicationStatus.{a.Status}"]), (texts["Data.Said"], a.Message)))),
            Many(texts["Data.Imports"], imports.Select(i => Row((texts["Data.What"], i.FileName), (texts["Data.When"], At(i.StartedAt)), (texts["Data.Row"], i.Row.ToString(CultureInfo.InvariantCulture))))),
            Many(texts["Record.History"], history.Select(l => Row((texts["Data.When"], At(l.At)), (texts["Data.What"], texts["Record.HistoryLine", texts[$"HistoryAction.{l.Action}"], l.Field is { } field ? texts[$"PrivateField.{field}"] : texts[$"HistorySubject.{l.Subject}"]])))),
        ];
    }

    private string? Day(DateOnly? day) => day is { } known ? time.FullDay(known) : null;

    private string? At(DateTimeOffset? at) => at is { } known ? $"{time.FullDay(time.DayOf(known))} {time.Time(known)}" : null;

    private string Join(IEnumerable<string> words) => string.Join(texts["List.Separator"], words);

    private static FileSection Single(LocalizedString title, params (LocalizedString Name, string? Value)[] values) => new(title, [Row(values)]);

    private static FileSection Many(LocalizedString title, IEnumerable<IReadOnlyList<FileValue>> entries) => new(title, [.. entries]);

    private static List<FileValue> Row(params (LocalizedString Name, string? Value)[] values) => [.. values.Where(v => !string.IsNullOrEmpty(v.Value)).Select(v => new FileValue(v.Name, v.Value!))];
}
