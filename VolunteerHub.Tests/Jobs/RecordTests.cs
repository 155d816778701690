using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Jobs;

/// <summary>A record is made, read and put right by who looks after the person.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _health = null!;
    private Team _care = null!;
    private Actor _leader = null!;
    private Actor _coordinator = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        (_health, _care) = (await _hub.TeamAsync("health"), await _hub.TeamAsync("care"));
        _coordinator = await _hub.CoordinatorAsync();
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Name_phone_and_team_are_enough_for_a_record_with_a_number()
    {
        var made = await _hub.Get<RegisterVolunteer>().RunAsync(_leader, new RegisterForm { Name = " 张桂兰 ", Phone = "138 0471 2266", TeamId = _health.Id });
        var view = await _hub.RecordAsync(_leader, made.Value);
        Assert.Equal(("张桂兰", "ZGL", "138****2266"), (view.Name, view.Initials, view.Private.Phone));
        Assert.Matches("^2026-\\d{4}$", view.Number);
        Assert.Equal((_health.Id, TeamRole.Member, _hub.Today), (view.Memberships[0].TeamId, view.Memberships[0].Role, view.Memberships[0].Since));
        Assert.Equal((VolunteerStatus.Active, _hub.Today), (view.Status, view.JoinedOn!.Value));
    }

    [Fact]
    public async Task Everything_else_may_come_along_at_once()
    {
        var form = new RegisterForm { Name = "小明", TeamId = _health.Id, Consents = [ConsentPurpose.ServiceRecord], ConsentWay = ConsentWay.Oral };
        (form.Basics.Sex, form.Basics.Ethnicity, form.Basics.Unit) = (Sex.Male, "02", "实验中学");
        form.Basics.BornOn.Typed = "2011年5月4日";
        form.Contact.Address.Typed = "新华街 8 号";
        form.Abilities.Skills = "摄影、书法";
        form.Guardian.Guardian.Typed = "明父 13900001111";
        form.Guardian.ConsentTo = new DateTime(2027, 6, 30);
        var stored = await _hub.StoredAsync((await _hub.Get<RegisterVolunteer>().RunAsync(_coordinator, form)).Value);
        var fields = _hub.Get<FieldProtector>();
        Assert.Equal(("2011-05-04", "新华街 8 号", "明父 13900001111"), (fields.Reveal(stored.BornOn), fields.Reveal(stored.Address), fields.Reveal(stored.Guardian)));
        Assert.Equal((Sex.Male, "02", "实验中学", new DateOnly(2027, 7, 1)), (stored.Sex, stored.Ethnicity, stored.Unit, stored.GuardianConsentUntil!.Value));
        Assert.Equal(["摄影", "书法"], stored.Skills);
        Assert.Equal((ConsentWay.Oral, _coordinator.Id), (stored.Consents[0].Way, stored.Consents[0].RecordedBy));
        var view = await _hub.RecordAsync(_leader, stored.Id);
        Assert.True(view.IsMinor);
        Assert.Equal(new DateOnly(2027, 6, 30), view.GuardianConsentTo);
    }

    [Fact]
    public async Task A_number_that_somebody_has_is_refused_with_the_name_only_to_who_may_read_it()
    {
        var owner = await _hub.VolunteerAsync("马远", _care, phone: "13804712266");
        var form = new RegisterForm { Name = "新人", Phone = "+86 13804712266", TeamId = _health.Id };
        Assert.IsType<PhoneTakenByAnother>((await _hub.Get<RegisterVolunteer>().RunAsync(_leader, form)).Refusal);
        Assert.Equal(new PhoneTaken("马远", owner.Number), (await _hub.Get<RegisterVolunteer>().RunAsync(_coordinator, form)).Refusal);
        var mine = await _hub.VolunteerAsync("李娜", _health);
        var contact = new ContactForm { Seen = (await _hub.RecordAsync(_leader, mine.Id)).Stamps.Contact };
        contact.Phone.Typed = "13804712266";
        Assert.IsType<PhoneTakenByAnother>((await _hub.Get<ReviseContact>().RunAsync(_leader, mine.Id, contact)).Refusal);
        Assert.Null((await _hub.StoredAsync(mine)).Phone);
        Assert.Equal(0, await _hub.CountAsync("Volunteers WHERE Name='新人'"));
    }

    [Fact]
    public async Task Nobody_is_registered_into_a_team_that_is_closed_or_not_there()
    {
        await _hub.ChangeAsync(db => db.Teams.Single(t => t.Id == _care.Id).Close(_hub.Today));
        Assert.IsType<TeamClosed>((await _hub.Get<RegisterVolunteer>().RunAsync(_coordinator, new RegisterForm { Name = "新人", TeamId = _care.Id })).Refusal);
        Assert.IsType<TeamNotFound>((await _hub.Get<RegisterVolunteer>().RunAsync(_coordinator, new RegisterForm { Name = "新人", TeamId = TeamId.New() })).Refusal);
    }

    [Fact]
    public async Task A_guest_belongs_to_no_team_and_is_kept_by_the_coordinator()
    {
        var form = new RegisterForm { Name = "民警老刘", Basics = { Kind = VolunteerKind.Guest, Unit = "派出所" } };
        var guest = (await _hub.Get<RegisterVolunteer>().RunAsync(_coordinator, form)).Value;
        Assert.Empty((await _hub.RecordAsync(_coordinator, guest)).Memberships);
        // Also where somebody put a guest into a team: its leader reads, and keeps hands off.
        await _hub.MembershipAsync(await _hub.StoredAsync(guest), _health);
        Assert.False((await _hub.RecordAsync(_leader, guest)).May.Change);
        Assert.IsType<NotAllowed>((await _hub.Get<TagVolunteer>().RunAsync(_leader, guest, "银铃", true)).Refusal);
    }

    [Fact]
    public async Task What_is_protected_is_masked_until_somebody_asks_and_that_is_noted_without_the_value()
    {
        var who = await _hub.VolunteerAsync("李娜", _health, phone: "13804712266", also: v => v.Keep(new PrivateData(_hub.Sealed("1958-03-12"), _hub.Sealed("新华街 8 号"), _hub.Sealed("150102195803120021"), _hub.Sealed("老伴 13900001111"), _hub.Sealed("监护 13900002222"))));
        var view = await _hub.RecordAsync(_leader, who.Id);
        Assert.Equal("138****2266", view.Private.Phone);
        Assert.DoesNotContain("新华街", view.ToString(), StringComparison.Ordinal);
        Assert.Equal((true, true, true, true, true), (view.Private.BornOn, view.Private.Address, view.Private.IdNumber, view.Private.EmergencyContact, view.Private.Guardian));
        var values = new Dictionary<PrivateField, string>
        {
            [PrivateField.Phone] = "13804712266",
            [PrivateField.BornOn] = "1958-03-12",
            [PrivateField.Address] = "新华街 8 号",
            [PrivateField.IdNumber] = "150102195803120021",
            [PrivateField.EmergencyContact] = "老伴 13900001111",
            [PrivateField.Guardian] = "监护 13900002222",
        };
        foreach (var (field, value) in values) Assert.Equal(value, (await _hub.Get<RevealField>().RunAsync(_leader, who.Id, field)).Value);
        var lines = await _hub.AuditAsync(who.Id, AuditActions.Revealed);
        Assert.Equal(values.Keys.Select(f => $$"""{"Field":[null,"{{f}}"]}"""), lines.Select(l => l.Changes));
        Assert.All(lines, l => Assert.Equal(_leader.Id.Value, l.By));
        Assert.Contains((await _hub.RecordAsync(_leader, who.Id)).History, l => l is { Action: HistoryAction.Revealed, Field: PrivateField.Guardian, By: "王芳" });
    }

    [Fact]
    public async Task An_empty_field_has_nothing_to_show_and_nothing_is_noted()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        Assert.IsType<FieldIsEmpty>((await _hub.Get<RevealField>().RunAsync(_leader, who.Id, PrivateField.Address)).Refusal);
        Assert.Empty(await _hub.AuditAsync(who.Id, AuditActions.Revealed));
    }

    [Fact]
    public async Task Ethnicity_is_taken_in_and_cleared_and_never_shown()
    {
        var who = await _hub.VolunteerAsync("其其格", _health);
        await ReviseAsync(who, form => form.Ethnicity = "02");
        Assert.Equal("02", (await _hub.StoredAsync(who)).Ethnicity);
        Assert.Equal("", (await _hub.RecordAsync(_coordinator, who.Id)).Profile.Ethnicity);
        // Who leaves the field alone leaves what stands there alone.
        await ReviseAsync(who, form => form.Unit = "学校");
        Assert.Equal("02", (await _hub.StoredAsync(who)).Ethnicity);
        await ReviseAsync(who, form => form.ClearEthnicity = true);
        Assert.Null((await _hub.StoredAsync(who)).Ethnicity);
        await _hub.ChangeAsync(db => db.Communities.Single().Adopt(PrivacyPolicy.Default with { AsksEthnicity = false }));
        await ReviseAsync(who, form => form.Ethnicity = "02");
        Assert.Null((await _hub.StoredAsync(who)).Ethnicity);
    }

    [Fact]
    public async Task A_document_number_is_kept_only_where_the_community_asks_for_it_and_can_always_be_cleared()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        await ReviseAsync(who, form => form.IdNumber.Typed = "150102195803120021");
        Assert.Null((await _hub.StoredAsync(who)).IdNumber);
        await _hub.ChangeAsync(db => db.Communities.Single().Adopt(PrivacyPolicy.Default with { AsksIdNumber = true }));
        await ReviseAsync(who, form => form.IdNumber.Typed = "150102195803120021");
        Assert.NotNull((await _hub.StoredAsync(who)).IdNumber);
        await _hub.ChangeAsync(db => db.Communities.Single().Adopt(PrivacyPolicy.Default));
        await ReviseAsync(who, form => form.IdNumber.Clear = true);
        Assert.Null((await _hub.StoredAsync(who)).IdNumber);
    }

    [Fact]
    public async Task A_field_left_empty_keeps_what_stands_there()
    {
        var who = await _hub.VolunteerAsync("李娜", _health, phone: "13804712266", also: v => v.Keep(new PrivateData(Address: _hub.Sealed("新华街 8 号"))));
        var form = new ContactForm { Seen = (await _hub.RecordAsync(_leader, who.Id)).Stamps.Contact };
        form.EmergencyContact.Typed = "老伴";
        Assert.False((await _hub.Get<ReviseContact>().RunAsync(_leader, who.Id, form)).Refused);
        var stored = await _hub.StoredAsync(who);
        Assert.Equal(("新华街 8 号", "老伴"), (_hub.Get<FieldProtector>().Reveal(stored.Address), _hub.Get<FieldProtector>().Reveal(stored.EmergencyContact)));
        Assert.NotNull(stored.Phone);
        form = new ContactForm { Seen = (await _hub.RecordAsync(_leader, who.Id)).Stamps.Contact };
        (form.Phone.Clear, form.Address.Clear) = (true, true);
        await _hub.Get<ReviseContact>().RunAsync(_leader, who.Id, form);
        stored = await _hub.StoredAsync(who);
        Assert.Equal((null, null), (stored.Phone, stored.Address));
    }

    [Fact]
    public async Task Two_who_change_the_same_section_are_told_and_two_sections_do_not_meet()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        var opened = await _hub.RecordAsync(_leader, who.Id);
        BasicsForm Form(string name) => new() { Name = name, Initials = "LN", Seen = opened.Stamps.Basics };
        Assert.False((await _hub.Get<ReviseVolunteer>().RunAsync(_coordinator, who.Id, Form("李娜娜"))).Refused);
        Assert.IsType<RecordChangedMeanwhile>((await _hub.Get<ReviseVolunteer>().RunAsync(_leader, who.Id, Form("李那"))).Refusal);
        Assert.Equal("李娜娜", (await _hub.StoredAsync(who)).Name);
        // The other sections of the page that lay open are still good.
        Assert.False((await _hub.Get<ReviseAbilities>().RunAsync(_leader, who.Id, new AbilitiesForm { Skills = "理发", Seen = opened.Stamps.Abilities })).Refused);
        Assert.IsType<RecordChangedMeanwhile>((await _hub.Get<ReviseAbilities>().RunAsync(_leader, who.Id, new AbilitiesForm { Skills = "唱歌", Seen = opened.Stamps.Abilities })).Refusal);
        Assert.False((await _hub.Get<ReviseContact>().RunAsync(_leader, who.Id, new ContactForm { Seen = opened.Stamps.Contact, Address = { Typed = "新华街" } })).Refused);
        Assert.IsType<RecordChangedMeanwhile>((await _hub.Get<ReviseContact>().RunAsync(_leader, who.Id, new ContactForm { Seen = opened.Stamps.Contact })).Refusal);
        Assert.False((await _hub.Get<ReviseGuardian>().RunAsync(_leader, who.Id, new GuardianForm { Seen = opened.Stamps.Guardian, Guardian = { Typed = "父" } })).Refused);
        Assert.IsType<RecordChangedMeanwhile>((await _hub.Get<ReviseGuardian>().RunAsync(_leader, who.Id, new GuardianForm { Seen = opened.Stamps.Guardian })).Refusal);
        var hours = new WeekForm { Seen = opened.Stamps.Availability, Weekly = [new HoursForm { From = TimeSpan.FromHours(9), To = TimeSpan.FromHours(12) }] };
        Assert.False((await _hub.Get<ReviseAvailability>().RunAsync(_leader, who.Id, hours)).Refused);
        Assert.IsType<RecordChangedMeanwhile>((await _hub.Get<ReviseAvailability>().RunAsync(_leader, who.Id, hours)).Refusal);
    }

    [Fact]
    public async Task Of_fifty_who_change_one_section_at_once_one_succeeds()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        var seen = (await _hub.RecordAsync(_leader, who.Id)).Stamps.Basics;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => _hub.Get<ReviseVolunteer>().RunAsync(_leader, who.Id, new BasicsForm { Name = $"李娜{n}", Seen = seen }))));
        Assert.Single(answers, a => !a.Refused);
        Assert.Equal(49, answers.Count(a => a.Refusal is RecordChangedMeanwhile));
    }

    [Fact]
    public async Task A_new_name_brings_new_initials_unless_somebody_typed_them()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        await ReviseAsync(who, form => form.Name = "单田芳");
        Assert.Equal("STF", (await _hub.StoredAsync(who)).Initials);
        await ReviseAsync(who, form => form.Initials = "dtf");
        Assert.Equal("DTF", (await _hub.StoredAsync(who)).Initials);
        await ReviseAsync(who, form => form.Unit = "曲艺团");
        Assert.Equal("DTF", (await _hub.StoredAsync(who)).Initials);
    }

    [Fact]
    public async Task Qualifications_are_added_put_right_and_marked_when_they_end()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        foreach (var (kind, until) in new[] { ("护士", 400), ("急救", 30), ("理发", -1) })
            await _hub.Get<SaveQualification>().RunAsync(_leader, who.Id, new QualificationForm { Kind = kind, From = new DateTime(2026, 1, 1), Until = _hub.Today.AddDays(until).ToDateTime(default), Proof = "原件已看" });
        await _hub.Get<SaveQualification>().RunAsync(_leader, who.Id, new QualificationForm { Kind = "律师", From = _hub.Today.AddDays(1).ToDateTime(default) });
        var held = (await _hub.RecordAsync(_leader, who.Id)).Qualifications;
        Assert.Equal(
            new Dictionary<string, QualificationState> { ["护士"] = QualificationState.Valid, ["急救"] = QualificationState.Expiring, ["理发"] = QualificationState.Expired, ["律师"] = QualificationState.Ahead },
            held.ToDictionary(q => q.Kind, q => q.State));
        var nurse = held.Single(q => q.Kind == "护士");
        var form = new QualificationForm { Id = nurse.Id, Kind = "护士", From = new DateTime(2026, 1, 1), Seen = nurse.Stamp };
        Assert.False((await _hub.Get<SaveQualification>().RunAsync(_leader, who.Id, form)).Refused);
        Assert.IsType<RecordChangedMeanwhile>((await _hub.Get<SaveQualification>().RunAsync(_coordinator, who.Id, form)).Refusal);
        Assert.IsType<QualificationEndsEarly>((await _hub.Get<SaveQualification>().RunAsync(_leader, who.Id, new QualificationForm { Kind = "护士", From = new DateTime(2026, 1, 2), Until = new DateTime(2026, 1, 1) })).Refusal);
        Assert.False((await _hub.Get<RemoveQualification>().RunAsync(_leader, who.Id, nurse.Id)).Refused);
        Assert.IsType<RecordEntryNotFound>((await _hub.Get<RemoveQualification>().RunAsync(_leader, who.Id, nurse.Id)).Refusal);
        Assert.IsType<RecordEntryNotFound>((await _hub.Get<SaveQualification>().RunAsync(_leader, who.Id, form)).Refusal);
    }

    [Fact]
    public async Task Training_awards_tags_and_consents_come_and_go()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        await _hub.Get<AddAchievement>().RunAsync(_leader, who.Id, new AchievementForm { Title = "急救培训", On = new DateTime(2026, 5, 1), Hours = 4, By = "红十字会" });
        await _hub.Get<AddAchievement>().RunAsync(_leader, who.Id, new AchievementForm { Kind = AchievementKind.Award, Title = "优秀志愿者", On = new DateTime(2026, 5, 1), By = "街道" });
        await _hub.Get<TagVolunteer>().RunAsync(_leader, who.Id, " 银铃 ", true);
        Assert.IsType<TagInvalid>((await _hub.Get<TagVolunteer>().RunAsync(_leader, who.Id, "  ", true)).Refusal);
        Assert.IsType<TagInvalid>((await _hub.Get<TagVolunteer>().RunAsync(_leader, who.Id, new string('长', 13), true)).Refusal);
        await _hub.Get<NoteConsent>().RunAsync(_leader, who.Id, ConsentPurpose.Photos, ConsentWay.Oral);
        Assert.IsType<ConsentNotTheirs>((await _hub.Get<NoteConsent>().RunAsync(_leader, who.Id, ConsentPurpose.PublicName, ConsentWay.Online)).Refusal);
        var view = await _hub.RecordAsync(_leader, who.Id);
        Assert.Equal(("急救培训", "优秀志愿者", "银铃"), (view.Trainings[0].Title, view.Awards[0].Title, view.Tags[0]));
        Assert.Equal((true, ConsentWay.Oral, "王芳"), (view.Consents.Single(c => c.Purpose == ConsentPurpose.Photos) is var photos && photos.Holds, photos.Way!.Value, photos.RecordedBy));
        await _hub.Get<NoteConsent>().RunAsync(_leader, who.Id, ConsentPurpose.Photos, null);
        await _hub.Get<TagVolunteer>().RunAsync(_leader, who.Id, "银铃", false);
        await _hub.Get<RemoveAchievement>().RunAsync(_leader, who.Id, view.Trainings[0].Id);
        Assert.IsType<RecordEntryNotFound>((await _hub.Get<RemoveAchievement>().RunAsync(_leader, who.Id, view.Trainings[0].Id)).Refusal);
        view = await _hub.RecordAsync(_leader, who.Id);
        Assert.Equal((0, 1, 0), (view.Trainings.Count, view.Awards.Count, view.Tags.Count));
        Assert.Equal((false, true), (view.Consents.Single(c => c.Purpose == ConsentPurpose.Photos) is var gone && gone.Holds, gone.WithdrawnAt is not null));
    }

    [Fact]
    public async Task A_record_tells_hours_duties_ahead_and_duties_served()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        var served = await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", who)));
        await _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", who)) { Day = _hub.Today.AddDays(7), Title = "下周" });
        _hub.GoTo(_hub.At("09:00"));
        await _hub.ArriveAsync(served, who);
        _hub.GoTo(_hub.At("11:30"));
        await _hub.LeaveAsync(served, who);
        await _hub.HoursAreFinalAsync();
        _hub.GoTo(_hub.At("13:00"));
        var view = await _hub.RecordAsync(_leader, who.Id);
        Assert.Equal((TimeSpan.FromHours(2.5), 1), (view.Hours, view.DutiesAhead));
        Assert.Equal(("下周", (bool?)null), (view.NextDuties[0].Title, view.NextDuties[0].Came));
        Assert.Equal((served.Id, (bool?)true), (view.LastDuties[0].RunId, view.LastDuties[0].Came));
    }

    [Fact]
    public async Task A_number_finds_the_record()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        Assert.Equal(who.Id, (await _hub.Get<VolunteerRecord>().LoadByNumberAsync(_leader, who.Number)).Value!.Id);
        Assert.IsType<VolunteerNotFound>((await _hub.Get<VolunteerRecord>().LoadByNumberAsync(_coordinator, "2026-9999")).Refusal);
        Assert.IsType<NotAllowed>((await _hub.Get<VolunteerRecord>().LoadByNumberAsync(_leader, "2026-9999")).Refusal);
    }

    private async Task ReviseAsync(Volunteer who, Action<BasicsForm> change)
    {
        var view = await _hub.RecordAsync(_coordinator, who.Id);
        var form = new BasicsForm { Name = view.Name, Initials = view.Initials, Unit = view.Profile.Unit, Seen = view.Stamps.Basics };
        change(form);
        var revised = await _hub.Get<ReviseVolunteer>().RunAsync(_leader, who.Id, form);
        Assert.False(revised.Refused, $"{revised.Refusal}");
    }
}
