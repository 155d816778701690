using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Tests.Support;

/// <summary>
/// Some dozen people of all kinds in two teams, made of one seed, and a plain answer to who of them a filter means:
/// what the database answers is measured by it.
/// </summary>
public sealed class Crowd
{
    private static readonly string[] Names = ["张桂兰", "张桂兰", "李娜", "王芳", "王秀英", "巴特尔", "乌兰", "赵𠮷", "陈杰", "Anna Li"];
    private static readonly string[] Tags = ["银铃", "党员", "夜间"];
    private static readonly string[] Kinds = ["护士", "执业医师"];
    private static readonly string[] Languages = ["mn", "ug"];

    private readonly List<Person> _people = [];

    public Team Health { get; private init; } = null!;

    public Team Law { get; private init; } = null!;

    public required VolunteerHub.Web.Platform.Identity.Actor Coordinator { get; init; }

    public required VolunteerHub.Web.Platform.Identity.Actor LeaderOfLaw { get; init; }

    public IReadOnlyList<Person> People => _people;

    public static async Task<Crowd> OnAsync(TestHub hub, int size, int seed)
    {
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var coordinator = await hub.CoordinatorAsync();
        var leader = await hub.VolunteerAsync("周律", law, TeamRole.Leader);
        var crowd = new Crowd { Health = health, Law = law, Coordinator = coordinator, LeaderOfLaw = hub.ActorOf(leader) };
        var random = new Random(seed);
        crowd._people.AddRange(await hub.LookAsync(async db => (await db.Volunteers.OrderBy(v => v.Number).ToListAsync()).ConvertAll(v => new Person(v, v.Id == leader.Id ? [law] : [], null))));
        for (var i = 0; i < size; i++) crowd._people.Add(await crowd.MakeAsync(hub, random));
        return crowd;
    }

    /// <summary>One more, perhaps in the middle of whatever order.</summary>
    public async Task<Person> JoinAsync(TestHub hub, Random random)
    {
        var person = await MakeAsync(hub, random);
        _people.Add(person);
        return person;
    }

    /// <summary>Who is meant, as a person with the list in front of them would say it.</summary>
    public List<Person> Meant(PeopleFilter filter, bool ofLawOnly = false) =>
        InOrder(_people.Where(p => Shows(p, filter) && (!ofLawOnly || p.Teams.Contains(Law))), filter);

    private async Task<Person> MakeAsync(TestHub hub, Random random)
    {
        var phone = random.Next(4) > 0 ? $"1380471{random.Next(3)}{random.Next(10)}{random.Next(10)}{random.Next(10)}" : null;
        if (_people.Any(p => p.Phone == phone)) phone = null;
        List<Team> teams = [.. new[] { Health, Law }.Where(_ => random.Next(2) == 0)];
        var joined = random.Next(3) == 0 ? default : hub.Today.AddDays(-random.Next(6));
        var who = await hub.LookAsync(async db =>
        {
            var community = await db.Communities.SingleAsync();
            var volunteer = new Volunteer(
                community.IssueNumber(random.Next(2) == 0 ? 2025 : 2026), Names[random.Next(Names.Length)], (VolunteerKind)random.Next(2),
                phone is null ? null : hub.Get<PhoneProtector>().Protect(PhoneNumberReader.Read(phone)!), joined);
            volunteer.Describe(new Profile(
                Languages: [.. Languages.Where(_ => random.Next(3) == 0)],
                InterestLines: [.. new[] { ServiceLine.Health, ServiceLine.Law }.Where(_ => random.Next(3) == 0)],
                InterestHelps: (HelpTargets)random.Next(4)));
            foreach (var tag in Tags.Where(_ => random.Next(3) == 0)) volunteer.Tag(tag);
            foreach (var kind in Kinds.Where(_ => random.Next(4) == 0)) volunteer.Qualify(kind, hub.Today.AddYears(-1), hub.Today.AddDays(random.Next(-9, 9)));
            db.Volunteers.Add(volunteer);
            foreach (var team in teams) db.Memberships.Add(new Membership(volunteer.Id, team.Id, TeamRole.Member, hub.Today));
            // Whoever left yesterday, or comes tomorrow, is no member today.
            if (!teams.Contains(Law) && random.Next(2) == 0) db.Memberships.Add(new Membership(volunteer.Id, Law.Id, TeamRole.Member, hub.Today.AddDays(1)));
            if (!teams.Contains(Health) && random.Next(2) == 0)
            {
                var past = new Membership(volunteer.Id, Health.Id, TeamRole.Member, hub.Today.AddDays(-9));
                past.End(hub.Today);
                db.Memberships.Add(past);
            }

            await db.SaveChangesAsync();
            switch (random.Next(8))
            {
                case 0: volunteer.Pause(); break;
                case 1: volunteer.Leave(hub.Today); break;
                case 2: volunteer.Erase(hub.Now, hub.Today); break;
                case 3 when _people.FirstOrDefault(p => p.Who.IsLive && p.Who.Phone is not null) is { } survivor:
                    // The number of the duplicate goes on as a former one of the survivor.
                    db.Attach(survivor.Who);
                    await db.Entry(survivor.Who).ReloadAsync();
                    volunteer.SetPhone(null);
                    volunteer.MergeInto(survivor.Who, hub.Today);
                    break;
            }

            await db.SaveChangesAsync();
            return volunteer;
        });
        return new Person(who, teams, who.Phone is null ? null : phone);
    }

    private static bool Shows(Person person, PeopleFilter filter)
    {
        var who = person.Who;
        return who.MergedInto is null
            && (who.ErasedAt is null || filter.Status == VolunteerStatus.Left)
            && (filter.Team is null || person.Teams.Any(t => t.Code == filter.Team))
            && (filter.Status is null || who.Status == filter.Status)
            && (filter.Kind is null || who.Kind == filter.Kind)
            && (filter.Tag is null || who.IsTagged(filter.Tag))
            && (filter.Qualification is null || who.Qualifications.Any(q => q.Kind == filter.Qualification))
            && (filter.Language is null || who.Languages.Contains(filter.Language))
            && (filter.Line is not { } line || who.InterestLines.Contains(line))
            && (filter.Help is not { } help || who.InterestHelps.HasFlag(help))
            && (!filter.WithoutPhone || who.Phone is null)
            && (filter.Search is null || IsFound(person, PersonNames.Searchable(filter.Search)));
    }

    private static bool IsFound(Person person, string text)
    {
        var who = person.Who;
        return PersonNames.Searchable(who.Name).Contains(text, StringComparison.Ordinal)
            || who.Initials.Contains(text, StringComparison.Ordinal)
            || who.FormerNumbers.Append(who.Number).Any(n => n.StartsWith(text, StringComparison.Ordinal) || n[(n.IndexOf('-', StringComparison.Ordinal) + 1)..].StartsWith(text, StringComparison.Ordinal))
            || person.Phone is { } phone && (text.Length == 4 && phone.EndsWith(text, StringComparison.Ordinal) || text.Length > 6 && PhoneNumberReader.Read(text) == "+86" + phone);
    }

    private static List<Person> InOrder(IEnumerable<Person> people, PeopleFilter filter)
    {
        Comparison<Person> order = filter.Sort switch
        {
            PeopleSort.Number => (a, b) => string.CompareOrdinal(a.Who.Number, b.Who.Number),
            PeopleSort.Joined => (a, b) => (a.Who.JoinedOn, a.Who.Id.Value).CompareTo((b.Who.JoinedOn, b.Who.Id.Value)),
            _ => (a, b) => Comparer<(string, Guid)>.Create((x, y) => string.CompareOrdinal(x.Item1, y.Item1) is var c and not 0 ? c : x.Item2.CompareTo(y.Item2))
                .Compare((PersonNames.SortKeyOf(a.Who.Name), a.Who.Id.Value), (PersonNames.SortKeyOf(b.Who.Name), b.Who.Id.Value)),
        };
        var sorted = people.ToList();
        sorted.Sort(order);
        if (filter.Descending) sorted.Reverse();
        return sorted;
    }

    /// <summary>One of the crowd, with what the record keeps sealed or elsewhere.</summary>
    public sealed record Person(Volunteer Who, IReadOnlyList<Team> Teams, string? Phone);
}
