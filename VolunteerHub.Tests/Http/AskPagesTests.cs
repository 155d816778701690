using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Http;

/// <summary>What residents use without an account: easy for people, of little use to machines, and silent about what others asked.</summary>
public sealed class AskPagesTests
{
    private static IReadOnlyList<(string Name, string Value)> Typed(params IReadOnlyList<(string Name, string Value)> more) =>
        [.. new (string, string)[] { ("kind", "Health"), ("need", "想请人上门量血压"), ("phone", "139 0470 5566") }.Where(f => more.All(m => m.Name != f.Item1)), .. more];

    [Fact]
    public async Task A_resident_asks_and_gets_a_number_and_a_private_link()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var sent = await AskAsync(site, caller, Typed());
        Assert.Equal(303, sent.Status);
        var state = await caller.GetAsync(sent.LocationPath);
        Assert.Contains("2026-D0001", state.Text, StringComparison.Ordinal);
        Assert.Contains("社区已经收到", state.Text, StringComparison.Ordinal);
        Assert.Contains("no-store", state.Headers["Cache-Control"], StringComparison.Ordinal);
        var request = await site.Hub.LookAsync(db => db.Requests.SingleAsync());
        Assert.Equal((RequestSource.PublicForm, "+8613904705566"), (request.Source, site.Hub.Get<PhoneProtector>().Reveal(request.Phone!)));
        // Neither the number nor how to call back is shown to who holds the link.
        Assert.DoesNotContain("5566", state.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var again = await AskAsync(site, caller, ("need", ""), ("place", "东院"), ("phone", "12"));
        Assert.Equal(200, again.Status);
        Assert.Contains("请选一种服务", again.Text, StringComparison.Ordinal);
        Assert.Contains("说说需要什么", again.Text, StringComparison.Ordinal);
        Assert.Contains("请填完整的电话号码", again.Text, StringComparison.Ordinal);
        Assert.Equal(("东院", "12"), (again.Field("place"), again.Field("phone")));
        var nothing = await AskAsync(site, caller, Typed(("phone", "")));
        Assert.Contains("请留电话号码", nothing.Text, StringComparison.Ordinal);
        Assert.Contains("最多 200 个字", (await AskAsync(site, caller, Typed(("need", new string('大', 201))))).Text, StringComparison.Ordinal);
        Assert.Equal(0, await site.Hub.CountAsync("Requests"));
    }

    [Fact]
    public async Task Of_a_mediation_nothing_that_was_typed_is_kept()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        Assert.Equal(303, (await AskAsync(site, caller, Typed(("kind", "Mediation"), ("need", "和楼上争执"), ("place", "三楼")))).Status);
        var request = await site.Hub.LookAsync(db => db.Requests.SingleAsync());
        Assert.Equal((RequestKind.Mediation, null, null), (request.Kind, request.Need, request.Place));
    }

    [Fact]
    public async Task A_machine_is_stopped_by_the_hidden_field_by_speed_and_by_a_made_up_ticket()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var again = await AskAsync(site, caller, [.. Typed(), ("website", "https://example.org")]);
        Assert.Equal((200, "139 0470 5566"), (again.Status, again.Field("phone")));
        var page = await caller.GetAsync("/ask");
        Assert.Contains("提交得太快了", (await caller.SubmitAsync(page, "/ask", Typed())).Text, StringComparison.Ordinal);
        site.Hub.Clock.Advance(OpenFormTickets.Least);
        Assert.Equal(200, (await caller.SubmitAsync(page, "/ask", Typed(("ticket", "made-up")))).Status);
        Assert.Equal(0, await site.Hub.CountAsync("Requests"));
        // The person presses again; twice by a nervous finger asks once.
        var (first, second) = (await caller.SubmitAsync(page, "/ask", Typed()), await caller.SubmitAsync(page, "/ask", Typed()));
        Assert.Equal(first.Location, second.Location);
        Assert.Equal(1, await site.Hub.CountAsync("Requests"));
    }

    [Fact]
    public async Task An_address_asks_so_often_in_an_hour_and_mistakes_do_not_count()
    {
        await using var site = await TestSite.StartAsync(new TestHubOptions { Also = builder => builder.Configuration["VolunteerHub:RequestsPerHour"] = "2" });
        using var caller = new Caller(site);
        for (var i = 0; i < 4; i++) Assert.Equal(200, (await AskAsync(site, caller, Typed(("phone", "12")))).Status);
        for (var i = 0; i < 2; i++) Assert.Equal(303, (await AskAsync(site, caller, Typed())).Status);
        var refused = await AskAsync(site, caller, Typed());
        Assert.Contains("提交的需求太多了", refused.Text, StringComparison.Ordinal);
        Assert.Equal(2, await site.Hub.CountAsync("Requests"));
    }

    [Fact]
    public async Task Script_that_somebody_types_is_shown_as_text()
    {
        await using var site = await TestSite.StartAsync();
        using var caller = new Caller(site);
        var sent = await AskAsync(site, caller, Typed(("need", "<script>alert(1)</script>")));
        var body = (await caller.GetAsync(sent.LocationPath)).Body;
        Assert.DoesNotContain("<script>alert", body, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_guessed_the_answer_is_the_same()
    {
        await using var site = await TestSite.StartAsync();
        var (id, old) = await site.Hub.RequestAsync();
        await site.Hub.ChangeAsync(db => db.Requests.Single(r => r.Id == id).RenewLink("renewed", default, site.Hub.Now));
        using var caller = new Caller(site);
        var answers = new List<(int, string)>();
        foreach (var token in new[] { "unknown", old, "2026-D0001", id.ToString(), SecretToken.New().Token })
        {
            var answer = await caller.GetAsync($"/ask/{token}");
            answers.Add((answer.Status, answer.Bare));
        }

        Assert.Equal(410, Assert.Single(answers.Distinct()).Item1);
    }

    [Fact]
    public async Task Looking_changes_nothing_and_a_rating_exists_only_for_what_is_done()
    {
        await using var site = await TestSite.StartAsync();
        var health = await site.Hub.TeamAsync("health");
        var open = await site.Hub.RequestAsync(health);
        var done = await site.Hub.RequestAsync(health, accepted: true, done: true);
        using var caller = new Caller(site);
        using (var watch = new DatabaseWatch(site.Hub))
        {
            await caller.GetAsync($"/ask/{open.Token}");
            await caller.GetAsync($"/ask/{done.Token}");
            Assert.False(watch.Changed);
        }

        var early = await caller.FillAsync($"/ask/{open.Token}", $"/ask/{open.Token}", ("stars", "5"));
        Assert.Contains("不能这样操作", early.Text, StringComparison.Ordinal);
        var none = await caller.FillAsync($"/ask/{done.Token}", $"/ask/{done.Token}", ("words", "很好"));
        Assert.Contains("请选一到五颗星", none.Text, StringComparison.Ordinal);
        Assert.Contains("很好</textarea>", none.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await caller.FillAsync($"/ask/{done.Token}", $"/ask/{done.Token}", ("stars", "4"), ("words", "很好"))).Status);
        var rated = await site.Hub.RequestAsync(done.Id);
        Assert.Equal((RequestStatus.Rated, (int?)4, "很好"), (rated.Status, rated.Stars, rated.RatingWords));
        Assert.Equal(303, (await caller.FillAsync($"/ask/{open.Token}", $"/ask/{open.Token}", ("action", "withdraw"))).Status);
        Assert.Equal(RequestStatus.Withdrawn, (await site.Hub.RequestAsync(open.Id)).Status);
    }

    /// <summary>Opens the form, takes as long as a person takes, and sends it.</summary>
    private static async Task<PlainAnswer> AskAsync(TestSite site, Caller caller, params IReadOnlyList<(string Name, string Value)> typed)
    {
        var page = await caller.GetAsync("/ask");
        site.Hub.Clock.Advance(TimeSpan.FromSeconds(20));
        return await caller.SubmitAsync(page, "/ask", typed);
    }
}
