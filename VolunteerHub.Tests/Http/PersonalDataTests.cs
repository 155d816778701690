using System.IO.Compression;
using System.Text;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Cards;

namespace VolunteerHub.Tests.Http;

/// <summary>A person's own data as a file, cards to print, and what a card does not open.</summary>
public sealed class PersonalDataTests : IAsyncLifetime
{
    private const string Password = "shiliu-2026";

    private TestSite _site = null!;
    private TestCast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync(TestSite.CheapPasswords);
        _cast = await TestCast.OnAsync(_site.Hub);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Everything_that_is_held_of_a_person_comes_as_a_file_in_clear()
    {
        await _site.Hub.ChangeAsync(_cast.OnRoster, v =>
        {
            v.Keep(new PrivateData(_site.Hub.Sealed("1958-03-12"), _site.Hub.Sealed("新华街 8 号"), null, _site.Hub.Sealed("老伴 13900001111"), null));
            v.Describe(v.Profile with { Ethnicity = "02", Skills = ["理发"] });
            v.Agree(ConsentPurpose.Photos, ConsentWay.Oral, _cast.LeaderOfHealth.Id, _site.Hub.Now);
        });
        await _site.Hub.ArriveAsync(_cast.Run, _cast.OnRoster);
        using var person = new Caller(_site);
        await person.SignInAsync(await _site.Hub.PasswordAsync(_cast.Volunteer.Id, Password), Password);
        var files = await FileAsync(person, "/me/data");
        foreach (var (name, text) in files)
            foreach (var word in new[] { TestCast.Phone, "1958", "新华街 8 号", "老伴 13900001111", "蒙古族", "理发", "使用活动照片", "送健康·健康义诊", "健康义诊志愿服务队" })
                Assert.True(text.Contains(word, StringComparison.Ordinal), $"{word} is not in {name}");
        Assert.Equal(["data.html", "data.json"], files.Keys.Order());
        Assert.Equal([_cast.Volunteer.Id.Value], (await _site.Hub.AuditAsync(_cast.OnRoster.Id, AuditActions.Exported)).Select(l => l.By));
        // Of nobody else.
        Assert.DoesNotContain("张桂兰", files["data.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_coordinator_gets_it_for_a_person_and_that_is_noted()
    {
        using var coordinator = new Caller(_site);
        await coordinator.SignInAsync(await _site.Hub.PasswordAsync(_cast.Coordinator.Id, Password), Password);
        var files = await FileAsync(coordinator, $"/volunteers/{_cast.OnRoster.Id}/data");
        Assert.Contains(TestCast.Phone, files["data.json"], StringComparison.Ordinal);
        Assert.Equal([_cast.Coordinator.Id.Value], (await _site.Hub.AuditAsync(_cast.OnRoster.Id, AuditActions.Exported)).Select(l => l.By));
    }

    [Fact]
    public async Task A_card_is_printed_when_it_is_issued_and_its_code_opens_no_door()
    {
        using var leader = new Caller(_site);
        await leader.SignInAsync(await _site.Hub.PasswordAsync(_cast.LeaderOfHealth.Id, Password), Password);
        var page = $"/volunteers/{_cast.OnRoster.Id}/card";
        var printed = await leader.FillAsync(page, page);
        Assert.Contains("<svg", printed.Body, StringComparison.Ordinal);
        Assert.Contains($"李娜 {_cast.OnRoster.Number}", printed.Text, StringComparison.Ordinal);
        var code = PersonalCode.Read(System.Text.RegularExpressions.Regex.Match(printed.Text, "(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}").Value)!;
        // Looking again shows no code: it was told once.
        Assert.DoesNotContain(PersonalCode.Shown(code), (await leader.GetAsync(page)).Text, StringComparison.Ordinal);

        var number = await _site.Hub.PasswordAsync(_cast.Volunteer.Id, Password);
        using var stranger = new Caller(_site);
        Assert.NotEqual(303, (await stranger.SignInAsync(code, Password)).Status);
        Assert.NotEqual(303, (await stranger.SignInAsync(number, code)).Status);
        foreach (var path in new[] { $"/c/{code}", $"/a/{code}", $"/c/receipt/{code}" }) Assert.InRange((await stranger.GetAsync(path)).Status, 404, 410);
        var door = "/c/" + _site.CodeOf(_cast.Run);
        Assert.NotEqual(303, (await stranger.FillAsync(door, door, ("phone", code), ("pin", code), ("action", "in"))).Status);
        Assert.NotEqual(303, (await stranger.FillAsync(door, door, ("phone", TestCast.Phone), ("pin", code[..4]), ("action", "in"))).Status);
        Assert.Equal((302, "/sign-in"), ((await stranger.GetAsync("/me")).Status, (await stranger.GetAsync("/me")).LocationPath));
        Assert.DoesNotContain(stranger.Cookies.Keys, c => c.Contains("session", StringComparison.Ordinal) || c.Contains("phone", StringComparison.Ordinal));
        Assert.Null(await _site.Hub.AttendanceOfAsync(_cast.Run, _cast.OnRoster));
    }

    [Fact]
    public async Task Cards_of_a_team_are_printed_together_first_of_all_for_who_has_no_phone()
    {
        using var leader = new Caller(_site);
        await leader.SignInAsync(await _site.Hub.PasswordAsync(_cast.LeaderOfHealth.Id, Password), Password);
        var path = $"/volunteers/cards?team={_cast.Health.Id}";
        var page = await leader.GetAsync(path);
        Assert.Matches($"value=\"{_cast.Free.Id}\"[^>]*checked", page.Body);
        Assert.DoesNotMatch($"value=\"{_cast.OnRoster.Id}\"[^>]*checked", page.Body);
        var token = page.Form(path)["__RequestVerificationToken"];
        var printed = await leader.PostAsync(path, ("who", _cast.Free.Id.ToString()), ("who", _cast.Second.Id.ToString()), ("__RequestVerificationToken", token));
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(printed.Body, "class=\"idcard\""));
        // Somebody of another team among them: none is issued.
        Assert.Equal(403, (await leader.PostAsync(path, ("who", _cast.Free.Id.ToString()), ("who", _cast.Stranger.Id.ToString()), ("__RequestVerificationToken", token))).Status);
    }

    private async Task<Dictionary<string, string>> FileAsync(Caller caller, string path)
    {
        var token = (await caller.GetAsync(path)).Form(path)["__RequestVerificationToken"];
        using var client = _site.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) };
        request.Headers.Add("Cookie", string.Join("; ", caller.Cookies.Select(c => $"{c.Key}={c.Value}")));
        using var answer = await client.SendAsync(request);
        Assert.Equal(("application/zip", "no-store"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString()));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            await using var stream = await entry.OpenAsync();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            files[entry.Name] = System.Net.WebUtility.HtmlDecode(await reader.ReadToEndAsync());
        }

        return files;
    }
}
