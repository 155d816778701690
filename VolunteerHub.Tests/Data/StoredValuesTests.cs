using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Data;

/// <summary>Instants, phone numbers, PINs as they lie in the file.</summary>
public sealed class StoredValuesTests
{
    [Fact]
    public async Task Instants_of_any_offset_are_found_and_sorted_by_when_they_are()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Title = "早", From = "07:30", To = "08:00" });
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Title = "晚", From = "23:30", To = "23:45", Day = hub.Today.AddDays(-1) });
        await hub.RunAsync(new RunSketch(health, new PostSketch("引导")) { Title = "午", From = "12:00", To = "13:00" });
        var titles = await hub.LookAsync(db => db.Runs.OrderBy(r => r.StartsAt).Select(r => r.Title).ToListAsync());
        Assert.Equal(["晚", "早", "午"], titles);
        var noonInParis = new DateTimeOffset(2026, 11, 28, 5, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal(["午"], await hub.LookAsync(db => db.Runs.Where(r => r.StartsAt >= noonInParis).Select(r => r.Title).ToListAsync()));
        Assert.Equal("2026-11-28 04:00:00", await hub.AskAsync("SELECT StartsAt FROM Runs WHERE Title='午'"));
    }

    [Fact]
    public async Task Instants_with_fractions_of_a_second_come_back_whole_and_sort_among_whole_ones()
    {
        await using var hub = await TestHub.CreateAsync();
        var start = new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
        var instants = new[] { start, start.AddTicks(1), start.AddMilliseconds(500), start.AddSeconds(1), start.AddSeconds(10) };
        var who = await hub.VolunteerAsync("李娜");
        await hub.ChangeAsync(db => db.RememberedPhones.AddRange(instants.Reverse().Select((at, n) => new VolunteerHub.Web.Platform.Identity.RememberedPhone(who.Id, $"{n}", at))));
        Assert.Equal(instants, await hub.LookAsync(db => db.RememberedPhones.OrderBy(p => p.SinceAt).Select(p => p.SinceAt).ToListAsync()));
    }

    [Theory]
    [InlineData("13804701234")]
    [InlineData("138 0470 1234")]
    [InlineData("138-0470-1234")]
    [InlineData("  +86 138 0470 1234 ")]
    [InlineData("0086 13804701234")]
    [InlineData("１３８０４７０１２３４")]
    [InlineData("＋８６ １３８－０４７０－１２３４")]
    public void A_phone_number_is_read_the_way_people_type_it(string typed) => Assert.Equal("+8613804701234", PhoneNumberReader.Read(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("李娜")]
    [InlineData("12")]
    [InlineData("138047012345678901234")]
    public void What_cannot_be_a_phone_number_is_none(string? typed) => Assert.Null(PhoneNumberReader.Read(typed));

    [Fact]
    public void Whatever_is_typed_the_reader_answers()
    {
        Gen.String.Sample(typed => PhoneNumberReader.Read(typed) is null or ['+', ..], iter: 500);
        Gen.Char["0123456789+-() ＋０９"].Array[0, 24].Select(c => new string(c)).Sample(typed => PhoneNumberReader.Read(typed) is null or { Length: >= 5 }, iter: 500);
    }

    [Fact]
    public async Task A_protected_number_can_be_read_again_and_is_sealed_differently_each_time()
    {
        await using var hub = await TestHub.CreateAsync();
        var phones = hub.Get<PhoneProtector>();
        var (one, other) = (phones.Protect("+8613804701234"), phones.Protect("+8613804701234"));
        Assert.Equal("+8613804701234", phones.Reveal(one));
        Assert.Equal("+8613804701234", phones.Reveal(other));
        Assert.NotEqual(one.Cipher, other.Cipher);
        Assert.Equal(one.WholeIndex, other.WholeIndex);
    }

    [Fact]
    public async Task A_sealed_number_that_was_altered_is_not_read()
    {
        await using var hub = await TestHub.CreateAsync();
        var phones = hub.Get<PhoneProtector>();
        var phone = phones.Protect("+8613804701234");
        var bytes = Convert.FromBase64String(phone.Cipher.Split(':')[1]);
        bytes[^1] ^= 1;
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            phones.Reveal(phone with { Cipher = $"{phone.Cipher.Split(':')[0]}:{Convert.ToBase64String(bytes)}" }));
    }

    [Fact]
    public async Task The_key_of_another_installation_opens_and_finds_nothing()
    {
        await using var here = await TestHub.CreateAsync();
        await using var there = await TestHub.CreateAsync(new TestHubOptions { Migrated = false, StartWriter = false });
        var phone = here.Get<PhoneProtector>().Protect("+8613804701234");
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => there.Get<PhoneProtector>().Reveal(phone));
        Assert.NotEqual(phone.WholeIndex, there.Get<PhoneProtector>().WholeIndex("+8613804701234"));
    }

    [Fact]
    public async Task A_person_is_found_by_the_whole_number_and_by_its_last_four_digits()
    {
        await using var hub = await TestHub.CreateAsync();
        var phones = hub.Get<PhoneProtector>();
        await hub.VolunteerAsync("李娜", phone: "138 0470 1234");
        await hub.VolunteerAsync("张桂兰", phone: "139 0470 1234");
        await hub.VolunteerAsync("何云", phone: "139 0470 9999");
        var whole = phones.WholeIndex(PhoneNumberReader.Read("１３８０４７０１２３４")!);
        var tail = phones.TailIndex("1234");
        Assert.Equal("李娜", await hub.LookAsync(db => db.Volunteers.Where(v => v.Phone!.WholeIndex == whole).Select(v => v.Name).SingleAsync()));
        Assert.Equal(["李娜", "张桂兰"], await hub.LookAsync(db => db.Volunteers.Where(v => v.Phone!.TailIndex == tail).OrderBy(v => v.Number).Select(v => v.Name).ToListAsync()));
    }

    [Fact]
    public async Task Two_people_do_not_share_one_number()
    {
        await using var hub = await TestHub.CreateAsync();
        await hub.VolunteerAsync("李娜", phone: "13804701234");
        await Assert.ThrowsAsync<DbUpdateException>(() => hub.VolunteerAsync("张桂兰", phone: "+86 138 0470 1234"));
    }

    [Fact]
    public async Task A_phone_number_and_a_PIN_lie_nowhere_in_clear()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.ArriveAsync(cast.Run, cast.OnRoster);
        var files = System.IO.Directory.GetFiles(hub.Directory.Root, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith("hub.db-wal", StringComparison.Ordinal));
        var inFiles = files.Select(ReadWhileOpen).ToList();
        // The looking itself is tried on something that is there.
        Assert.Contains(inFiles, text => text.Contains(cast.OnRoster.Number, StringComparison.Ordinal));
        var number = TestCast.Phone;
        foreach (var form in new[] { number, number[..3] + " " + number[3..7] + " " + number[7..], Convert.ToBase64String(Encoding.ASCII.GetBytes("+86" + number)) })
        {
            Assert.All(inFiles, text => Assert.DoesNotContain(form, text, StringComparison.Ordinal));
            Assert.All(hub.Log.All, line => Assert.DoesNotContain(form, line, StringComparison.Ordinal));
        }

        var pinHash = await hub.AskAsync($"SELECT PinHash FROM Volunteers WHERE Number='{cast.OnRoster.Number}'");
        Assert.DoesNotContain(TestCast.Pin, (string)pinHash!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_PIN_of_two_people_is_stored_differently()
    {
        await using var hub = await TestHub.CreateAsync();
        var (one, other) = (await hub.VolunteerAsync("李娜", pin: "2580"), await hub.VolunteerAsync("张桂兰", pin: "2580"));
        Assert.NotEqual(one.PinHash, other.PinHash);
        Assert.True(hub.Get<CheckInPin>().Matches(one.Id, "2580", one.PinHash));
        Assert.False(hub.Get<CheckInPin>().Matches(one.Id, "2580", other.PinHash));
    }

    [Fact]
    public async Task Lists_of_a_volunteer_come_back_as_they_were()
    {
        await using var hub = await TestHub.CreateAsync();
        var stated = new Availability([new(DayOfWeek.Saturday, new(8, 0), new(12, 0))], [new(hub.Today.AddDays(7), Free: false)]);
        var who = await hub.VolunteerAsync("巴特尔", also: v =>
        {
            v.Speaks("mn", "en");
            v.IsAvailable(stated);
        });
        var stored = await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == who.Id));
        Assert.Equal(["en", "mn"], stored.Languages);
        Assert.Equal(stated.Weekly, stored.Availability.Weekly);
        Assert.Equal(stated.Exceptions, stored.Availability.Exceptions);
    }

    private static string ReadWhileOpen(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }
}
