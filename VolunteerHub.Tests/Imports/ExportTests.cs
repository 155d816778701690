using CsCheck;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Import;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Imports;

/// <summary>Lists of people as files: who is in them, what is in them, and that they can come back.</summary>
public sealed class ExportTests
{
    private static readonly Gen<string> Word = Gen.Char["张桂兰理发=+-@'\"，a1·"].Array[1, 8].Select(c => new string(c).Replace("，", "", StringComparison.Ordinal)).Where(w => w.Trim('-', '\'', '"', '=', '+', '@', '·').Length > 1);

    [Fact]
    public async Task What_is_exported_comes_back_as_it_was()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var teams = new[] { await hub.TeamAsync("health"), await hub.TeamAsync("law"), await hub.TeamAsync("care") };
        var desk = new ImportDesk(hub, await hub.CoordinatorAsync());
        var (fields, number) = (hub.Get<FieldProtector>(), 0);
        var person = Gen.Select(
            Gen.Select(Word, Of<Sex?>(null, Sex.Female, Sex.Male), Of<PoliticalStatus?>([null, .. Enum.GetValues<PoliticalStatus>().Cast<PoliticalStatus?>()]), Word, Of<string?>(null, "02", "56")),
            Gen.Select(Word.Array[0, 3], Of("mn", "en", "sgn").Array[0, 2], Gen.Enum<ServiceLine>().Array[0, 3], Gen.Int[0, 31], Word.Array[0, 2]),
            Gen.Select(Gen.Bool, Gen.Int[0, 7], Gen.DateOnly[new(2015, 1, 1), new(2026, 11, 1)], Gen.DateOnly[new(1930, 1, 1), new(2015, 1, 1)], Word));
        var people = new List<Volunteer>();
        person.Sample((a, b, c) => people.Add(Make(a, b, c)), iter: 60, threads: 1);
        await hub.ChangeAsync(db => db.Volunteers.AddRange(people));
        await hub.ChangeAsync(db => db.Memberships.AddRange(people.SelectMany((p, i) => teams.Where((_, t) => (i & (1 << t)) != 0).Select(t => new Membership(p.Id, t.Id, TeamRole.Member, p.JoinedOn)))));
        foreach (var format in Enum.GetValues<TableFormat>())
        {
            var path = await ExportAsync(hub, desk.Actor, new PeopleExport(PeopleFilter.Everybody, [], format, true, true));
            var found = await desk.CheckAsync(await desk.PlanAsync(path));
            Assert.Equal(("", people.Count + 1, 0), (string.Join(' ', found.Bad.SelectMany(r => r.Faults).Select(f => $"{f.Cell} {f.Fault} {f.Value}")), found.Unchanged, found.Filled + found.New + found.Duplicates.Count));
        }

        // And into an empty house: the same words, in records of their own.
        var file = await ExportAsync(hub, desk.Actor, new PeopleExport(PeopleFilter.Everybody, [], TableFormat.Xlsx, true, true));
        await using var other = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        foreach (var code in new[] { "health", "law", "care" }) await other.TeamAsync(code);
        var there = new ImportDesk(other, await other.CoordinatorAsync());
        var plan = await there.PlanAsync(file, await other.TeamAsync("party"));
        plan = plan with { Columns = plan.Columns.Where(c => c.Value != ImportField.Number).ToDictionary() };
        Assert.Empty((await there.ApplyAsync(plan, await there.CheckAsync(plan))).Rejected);
        var copy = await ExportAsync(other, there.Actor, new PeopleExport(PeopleFilter.Everybody, [], TableFormat.Xlsx, true, true));
        Assert.Equal(Lines(file).Where(l => !l.Contains("赵敏", StringComparison.Ordinal)), Lines(copy).Where(l => !l.Contains("赵敏", StringComparison.Ordinal)));

        Volunteer Make(
            (string Name, Sex? Sex, PoliticalStatus? Political, string Unit, string? Ethnicity) a, (string[] Skills, string[] Languages, ServiceLine[] Lines, int Helps, string[] Tags) b,
            (bool Phone, int Teams, DateOnly Joined, DateOnly Born, string Address) c)
        {
            number++;
            var who = new Volunteer($"2025-{number:0000}", $"{CellReader.Name(a.Name)}{number}", VolunteerKind.Member, c.Phone ? hub.Get<PhoneProtector>().Protect($"+86139{number:00000000}") : null, c.Joined);
            who.Describe(new Profile(a.Sex, a.Political, a.Ethnicity, CellReader.Tidy(a.Unit), b.Languages, [.. b.Skills.Select(CellReader.Tidy)], b.Lines, (HelpTargets)b.Helps));
            who.Keep(new PrivateData(fields.Protect(c.Born), fields.Protect(CellReader.Tidy(c.Address)), null, fields.Protect("家人" + a.Name)));
            foreach (var tag in b.Tags) who.Tag(CellReader.Tidy(tag));
            return who;
        }

        static IEnumerable<string> Lines(string path) => TableFile.Open(path).Value!.Rows().Select(r => string.Join('|', r.Cells.Where((_, column) => column is not (0 or 3)).Select(x => x.Text))).Order(StringComparer.Ordinal).ToList();
    }

    [Fact]
    public async Task Numbers_are_masked_and_the_private_part_is_left_out_until_somebody_asks_for_them()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var (health, coordinator) = (await hub.TeamAsync("health"), await hub.CoordinatorAsync());
        var fields = hub.Get<FieldProtector>();
        await hub.VolunteerAsync("张桂兰", health, phone: "13804701234", also: v =>
        {
            v.Describe(new Profile(Ethnicity: "02"));
            v.Keep(new PrivateData(fields.Protect(new DateOnly(1962, 5, 17)), fields.Protect("星火巷 7 号"), fields.Protect("15010219620517002X")));
        });
        var masked = Text(await ExportAsync(hub, coordinator, new PeopleExport(PeopleFilter.Everybody, [], TableFormat.Csv, false, false)));
        Assert.Contains("138****1234", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("1962", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("星火巷", masked, StringComparison.Ordinal);
        var whole = Text(await ExportAsync(hub, coordinator, new PeopleExport(PeopleFilter.Everybody, [], TableFormat.Csv, true, true)));
        Assert.Contains("13804701234", whole, StringComparison.Ordinal);
        Assert.Contains("星火巷 7 号", whole, StringComparison.Ordinal);
        foreach (var never in new[] { "蒙古", "民族", "身份证", "15010219" }) Assert.DoesNotContain(never, masked + whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_people_whom_the_actor_may_read_are_in_the_file()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var (mine, others) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("周律", law));
        var all = Text(await ExportAsync(hub, leader, new PeopleExport(PeopleFilter.Everybody, [], TableFormat.Csv, false, false)));
        Assert.Contains("李娜", all, StringComparison.Ordinal);
        Assert.DoesNotContain("周律", all, StringComparison.Ordinal);
        var picked = Text(await ExportAsync(hub, leader, new PeopleExport(PeopleFilter.Everybody, [mine.Id, others.Id], TableFormat.Csv, false, false)));
        Assert.Contains("李娜", picked, StringComparison.Ordinal);
        Assert.DoesNotContain("王芳", picked, StringComparison.Ordinal);
        Assert.DoesNotContain("周律", picked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_knows_of_every_file_and_of_nobody_in_it()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        var health = await hub.TeamAsync("health");
        var coordinator = await hub.CoordinatorAsync();
        await hub.VolunteerAsync("张桂兰", health, phone: "13804701234");
        await ExportAsync(hub, coordinator, new PeopleExport(new PeopleFilter(Search: "张桂兰", Team: "health"), [], TableFormat.Xlsx, true, false));
        var line = (string)(await hub.AskAsync("SELECT Changes FROM AuditLines WHERE Action='Exported'"))!;
        Assert.Contains("\"Count\":1", line, StringComparison.Ordinal);
        Assert.Contains("team=health", line, StringComparison.Ordinal);
        Assert.DoesNotMatch("张|桂兰|%E5|1234", line);
    }

    [Fact]
    public async Task A_browser_fetches_the_file_by_a_form_and_nothing_of_it_stays_behind()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var hub = site.Hub;
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var (mine, others) = (await hub.VolunteerAsync("李娜", health, phone: "13804701234"), await hub.VolunteerAsync("周律", await hub.TeamAsync("law")));
        using var caller = new Caller(site);
        await caller.SignInAsync(await hub.PasswordAsync(leader.Id, "shiliu-2026"), "shiliu-2026");
        var token = ("__RequestVerificationToken", (await caller.GetAsync("/sign-in")).Form("/sign-in")["__RequestVerificationToken"]);

        var whole = await caller.PostAsync("/volunteers/export", token, ("format", "csv"), ("phones", "on"), ("search", "1234"));
        Assert.Equal((200, "text/csv; charset=utf-8"), (whole.Status, whole.Headers["Content-Type"]));
        Assert.Contains("20261128.csv", whole.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Contains("13804701234", whole.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("王芳", whole.Body, StringComparison.Ordinal);
        Assert.Contains("李娜", (await caller.PostAsync("/volunteers/export", token, ("format", "csv"), ("id", mine.Id.ToString()))).Body, StringComparison.Ordinal);
        foreach (var none in new[] { others.Id.ToString(), "all" })
            Assert.Single((await caller.PostAsync("/volunteers/export", token, ("format", "csv"), ("id", none))).Body.Trim().Split('\n'));
        Assert.Equal(4, await hub.CountAsync("AuditLines WHERE Action='Exported'"));
        Assert.Equal(400, (await caller.PostAsync("/volunteers/export", ("format", "csv"))).Status);
        Assert.Empty(Directory.EnumerateFiles(hub.Directory.Work));
    }

    private static Gen<T> Of<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static async Task<string> ExportAsync(TestHub hub, Actor actor, PeopleExport what)
    {
        var path = hub.Directory.NewWorkFile();
        await using var file = File.Create(path);
        var exported = await hub.Get<ExportVolunteers>().RunAsync(actor, what, file);
        return exported.Refused ? throw new InvalidOperationException($"{exported.Refusal}") : path;
    }

    private static string Text(string path) => File.ReadAllText(path);
}
