using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers.Merging;
using VolunteerHub.Web.Features.Volunteers.Privacy;
using VolunteerHub.Web.Features.Volunteers.Records;

namespace VolunteerHub.Tests.Data;

/// <summary>What is protected passes through every form of a record and is found nowhere afterwards.</summary>
public sealed class RecordSecrecyTests
{
    private static readonly string[] Secrets =
    [
        "13804712266", "+8613804712266", "04712266", "13904713377", "04713377", "1958-03-12", "19580312", "1960-07-08", "青城巷 17-302", "150102195803120021", "老伴王某 13900001111", "13900001111",
        "养父陈某 13900002222", "13900002222", "胜利路 5-101",
    ];

    [Fact]
    public async Task Nothing_protected_stands_in_the_files_or_the_log()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions
        {
            Also = builder => builder.Services.PostConfigure<LoggerFilterOptions>(options =>
            {
                options.Rules.Clear();
                options.MinLevel = LogLevel.Trace;
            }),
        });
        await hub.ChangeAsync(db => db.Communities.Single().Adopt(PrivacyPolicy.Default with { AsksIdNumber = true }));
        var team = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", team, TeamRole.Leader));
        var coordinator = await hub.CoordinatorAsync();
        var form = new RegisterForm { Name = "张桂兰", Phone = "138 0471 2266", TeamId = team.Id };
        (form.Basics.BornOn.Typed, form.Basics.IdNumber.Typed) = ("1958-03-12", "150102195803120021");
        (form.Contact.Address.Typed, form.Contact.EmergencyContact.Typed, form.Guardian.Guardian.Typed) = ("青城巷 17-302", "老伴王某 13900001111", "养父陈某 13900002222");
        var id = (await hub.Get<RegisterVolunteer>().RunAsync(leader, form)).Value;

        // Every field again, by the forms of the record; and a number that somebody has already, which is refused.
        var view = await hub.RecordAsync(leader, id);
        var basics = new BasicsForm { Name = view.Name, Initials = view.Initials, Seen = view.Stamps.Basics, BornOn = { Typed = "1960-07-08" } };
        var contact = new ContactForm { Seen = view.Stamps.Contact, Phone = { Typed = "+86 139-0471-3377" }, Address = { Typed = "胜利路 5-101" } };
        Assert.False((await hub.Get<ReviseVolunteer>().RunAsync(leader, id, basics)).Refused);
        Assert.False((await hub.Get<ReviseContact>().RunAsync(leader, id, contact)).Refused);
        Assert.False((await hub.Get<ReviseGuardian>().RunAsync(leader, id, new GuardianForm { Seen = view.Stamps.Guardian, Guardian = { Typed = "养父陈某 13900002222" } })).Refused);
        Assert.IsType<PhoneTaken>((await hub.Get<RegisterVolunteer>().RunAsync(leader, new RegisterForm { Name = "新人", Phone = "13904713377", TeamId = team.Id })).Refusal);

        // Looked at, taken out as a file, merged, erased.
        foreach (var field in Enum.GetValues<PrivateField>()) Assert.False((await hub.Get<RevealField>().RunAsync(leader, id, field)).Refused);
        Assert.False((await hub.Get<PersonalFile>().RunAsync(coordinator, id)).Refused);
        await hub.Get<MergeSearch>().LoadAsync(coordinator, id, "13904713377");
        var other = (await hub.Get<RegisterVolunteer>().RunAsync(leader, new RegisterForm { Name = "张桂兰", Phone = "13804712266", TeamId = team.Id })).Value;
        Assert.False((await hub.Get<MergeVolunteers>().RunAsync(coordinator, id, other)).Refused);
        await AssertSecretAsync(hub);
        Assert.False((await hub.Get<EraseVolunteer>().RunAsync(coordinator, id)).Refused);
        await AssertSecretAsync(hub);
    }

    private static async Task AssertSecretAsync(TestHub hub)
    {
        var logs = string.Join('\n', hub.Log.All);
        Assert.Contains("INSERT", logs, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, logs, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(hub.Directory.Root, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes);
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
                foreach (var secret in Secrets)
                    Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(encoding.GetBytes(secret)) < 0, $"{secret} stands in {Path.GetFileName(file)}");
        }
    }
}
