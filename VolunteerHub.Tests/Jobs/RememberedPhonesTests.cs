using Microsoft.AspNetCore.Http;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Features.Volunteers.Merging;
using VolunteerHub.Web.Features.Volunteers.Status;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Jobs;

/// <summary>A phone that was known a moment ago is asked about no record again, until something about it changes.</summary>
public sealed class RememberedPhonesTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Actor _coordinator = null!;
    private Team _health = null!;
    private Volunteer _who = null!;
    private string _token = null!;
    private Guid _phone;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _coordinator = await _hub.CoordinatorAsync();
        _health = await _hub.TeamAsync("health");
        _who = await _hub.VolunteerAsync("李娜", _health);
        (_token, var hash) = SecretToken.New();
        var phone = new RememberedPhone(_who.Id, hash, _hub.Now);
        _phone = phone.Id;
        await _hub.ChangeAsync(db => db.RememberedPhones.Add(phone));
        Assert.Equal(new Actor(_who.Id, null, Via.RememberedPhone), await KnownAsync());
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_phone_that_its_owner_has_forgotten_is_unknown_at_once()
    {
        Assert.False((await _hub.Get<ForgetPhone>().RunAsync(_hub.ActorOf(_who, Via.Session), _phone)).Refused);
        Assert.Null(await KnownAsync());
    }

    [Fact]
    public async Task Who_signs_out_everywhere_is_unknown_at_once()
    {
        await _hub.AccountAsync(_who, "shiliu-2026");
        Assert.False((await _hub.Get<SignOutEverywhere>().RunAsync(_hub.ActorOf(_who, Via.Session), _who.Id)).Refused);
        Assert.Null(await KnownAsync());
    }

    [Fact]
    public async Task Who_pauses_is_unknown_at_once()
    {
        Assert.False((await _hub.Get<PauseVolunteer>().RunAsync(_coordinator, _who.Id)).Refused);
        Assert.Null(await KnownAsync());
    }

    [Fact]
    public async Task The_phone_of_a_duplicate_is_the_survivors_at_once()
    {
        var survivor = await _hub.VolunteerAsync("李娜", _health);
        Assert.False((await _hub.Get<MergeVolunteers>().RunAsync(_coordinator, survivor.Id, _who.Id)).Refused);
        Assert.Equal(survivor.Id, (await KnownAsync())!.Id);
    }

    [Fact]
    public async Task The_next_who_takes_the_phone_over_is_who_it_is_of_at_once()
    {
        var next = await _hub.VolunteerAsync("王强", _health);
        var http = Asks(_token);
        await _hub.Get<RememberedPhones>().RememberAsync(http, next.Id);
        Assert.Null(await KnownAsync());
        var token = http.Response.Headers.SetCookie.Single()!.Split(';')[0].Split('=')[1];
        Assert.Equal(next.Id, (await _hub.Get<RememberedPhones>().ActorOfAsync(Asks(token)))!.Id);
    }

    [Fact]
    public async Task What_another_process_revokes_is_heard_of_within_a_minute()
    {
        await _hub.ChangeAsync(db => db.RememberedPhones.RemoveRange(db.RememberedPhones.ToList()));
        _hub.GoTo(_hub.Now.AddSeconds(50));
        Assert.NotNull(await KnownAsync());
        _hub.GoTo(_hub.Now.AddSeconds(20));
        Assert.Null(await KnownAsync());
    }

    [Fact]
    public async Task A_crowds_phones_are_looked_up_again_together_and_each_is_still_whose_it_is()
    {
        var tokens = new List<(string Token, Volunteer Who)>();
        for (var i = 0; i < 20; i++)
        {
            var who = await _hub.VolunteerAsync("志愿者" + i, _health);
            var (token, hash) = SecretToken.New();
            await _hub.ChangeAsync(db => db.RememberedPhones.Add(new RememberedPhone(who.Id, hash, _hub.Now)));
            tokens.Add((token, who));
        }

        Assert.All(await AllAsync(), known => Assert.Equal(known.Who.Id, known.Actor!.Id));
        await _hub.ChangeAsync(db => db.RememberedPhones.Remove(db.RememberedPhones.Single(p => p.VolunteerId == tokens[3].Who.Id)));
        _hub.GoTo(_hub.Now.AddSeconds(61));
        Assert.All(await AllAsync(), known => Assert.Equal(known.Who == tokens[3].Who ? null : known.Who.Id, known.Actor?.Id));

        async Task<(Volunteer Who, Actor? Actor)[]> AllAsync() =>
            await Task.WhenAll(tokens.Select(async t => (t.Who, await _hub.Get<RememberedPhones>().ActorOfAsync(Asks(t.Token)))));
    }

    private ValueTask<Actor?> KnownAsync() => _hub.Get<RememberedPhones>().ActorOfAsync(Asks(_token));

    private static DefaultHttpContext Asks(string token)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"vh-phone={token}";
        return http;
    }
}
