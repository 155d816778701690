using System.Globalization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>
/// Fills the records in: consents, profile, training, awards, tags, protected fields; who wants to join; who is lent.
/// Draws from a row of chances of its own, so that what the runs are made of does not depend on it.
/// </summary>
internal sealed class DemoRecords(DemoData data, DateOnly today, DateTimeOffset now, Random random, PhoneProtector phones, FieldProtector fields)
{
    private const int PhoneDigits = 8;

    private DemoRecordData Records => data.Records;

    public void Fill(IReadOnlyList<DemoPerson> people)
    {
        var keeper = people.First(p => data.Accounts.Any(a => a.RoleKey == "Coordinator" && a.Name == p.Volunteer.Name)).Id;
        foreach (var person in people) Fill(person.Volunteer, keeper);
    }

    public IEnumerable<JoinApplication> Applications(IReadOnlyList<Team> teams) => Records.Applications.Select(a => new JoinApplication(
        new Applicant(
            a.Name, phones.Protect(data.PhonePrefix + a.Tail), null, null, [], [], a.Interests, a.Message,
            [ConsentPurpose.ServiceRecord, ConsentPurpose.Contact]),
        teams.FirstOrDefault(t => t.Code == a.Team)?.Id, now.AddHours(-a.HoursAgo)));

    /// <summary>Lendings for the next published run of their title; none where there is no such run ahead.</summary>
    public IEnumerable<Lending> Lendings(DemoCast cast, IReadOnlyList<ServiceRun> runs)
    {
        foreach (var wanted in Records.Lendings)
        {
            var run = runs.Where(r => r.Title == wanted.Title && r.StartsAt > now && r.Status == RunStatus.Published).MinBy(r => r.StartsAt);
            var person = cast.People.FirstOrDefault(p => p.Volunteer.Name == wanted.Name);
            if (run is null || person is null) continue;
            var (home, borrower) = (cast.Team(wanted.Home).Id, cast.Team(wanted.Borrower).Id);
            var asked = Lending.Ask(person.Id, run.Id, home, borrower, cast.PlannerOf(borrower), now.AddHours(-20), wanted.Note);
            if (wanted.Granted) asked.Answer(true, null, cast.PlannerOf(home), now.AddHours(-3));
            yield return asked;
        }
    }

    private void Fill(Volunteer who, VolunteerId keeper)
    {
        var agreed = new DateTimeOffset(who.JoinedOn.ToDateTime(new TimeOnly(2, 0)), TimeSpan.Zero);
        who.Agree(ConsentPurpose.ServiceRecord, ConsentWay.Paper, keeper, agreed);
        who.Agree(ConsentPurpose.Contact, ConsentWay.Paper, keeper, agreed);
        if (random.Next(3) > 0) who.Agree(ConsentPurpose.Photos, ConsentWay.Paper, keeper, agreed);
        if (random.Next(3) == 0) who.Agree(ConsentPurpose.PublicName, ConsentWay.Oral, keeper, agreed);
        var elder = Records.SilverBellFrom.Contains(who.Name);
        if (elder) who.Tag(Records.SilverBell);
        foreach (var tag in Records.Tags.Where(t => t.Value.Contains(who.Name))) who.Tag(tag.Key);
        if (who.Kind == VolunteerKind.Guest) return;
        who.Describe(ProfileOf(who, elder));
        if (random.Next(2) == 0) who.Keep(who.PrivateData with { Address = fields.Protect(SomeAddress()), EmergencyContact = fields.Protect(SomeContact()) });
        foreach (var training in Records.Trainings.Where(_ => random.Next(3) == 0))
            who.Train(training.Title, today.AddDays(-training.DaysAgo), training.Hours, training.Organiser);
        if (Records.Honoured.Contains(who.Name)) who.Honour(Records.Award.Title, today.AddDays(-Records.Award.DaysAgo), Records.Award.Issuer);
        foreach (var held in who.Qualifications.ToList()) who.Requalify(held.Id, held.Kind, held.From, held.Until, Records.Proof);
    }

    private Profile ProfileOf(Volunteer who, bool elder) => who.Profile with
    {
        Sex = random.Next(5) == 0 ? null : random.Next(2) == 0 ? Sex.Female : Sex.Male,
        Political = elder || random.Next(4) == 0 ? PoliticalStatus.PartyMember : random.Next(3) == 0 ? null : PoliticalStatus.Public,
        Ethnicity = random.Next(6) == 0 ? null : who.Languages.Contains("mn") ? Records.Ethnicities.Mn : random.Next(12) == 0 ? Some(Records.Ethnicities.Some) : Records.Ethnicities.Usual,
        Unit = who.Unit ?? (random.Next(3) == 0 ? Some(Records.Units) : null),
        Skills = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Some(Records.Skills))],
        InterestLines = random.Next(2) == 0 ? [] : [(ServiceLine)random.Next(6)],
        InterestHelps = random.Next(3) == 0 ? HelpTargets.Elderly : HelpTargets.None,
        InsuredUntil = random.Next(2) == 0 ? today.AddDays(random.Next(-30, 300)) : null,
    };

    private string SomeAddress() => string.Create(CultureInfo.InvariantCulture, $"{Some(Records.Streets)} {random.Next(1, 7)}-{random.Next(1, 7)}0{random.Next(1, 3)}");

    private string SomeContact() => $"{Some(Records.Relations)} {data.PhonePrefix[3..]}{random.Next(95_000_000, 99_999_999).ToString(new string('0', PhoneDigits), CultureInfo.InvariantCulture)}";

    private T Some<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
