using System.Xml.Linq;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Features.Audit;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Background;

namespace VolunteerHub.Tests.Access;

/// <summary>Whatever the audit may note, there is a word for it.</summary>
public sealed class AuditWordsTests
{
    private static readonly HashSet<string> Texts = [.. XDocument.Load(Source.At("VolunteerHub.Web", "Resources", "Texts.resx")).Root!.Elements("data").Select(d => d.Attribute("name")!.Value)];

    [Fact]
    public async Task Every_thing_and_every_property_that_is_noted_has_a_word()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        await using var db = await hub.DbAsync();
        var noted = Noted(db);
        var wanted = noted.Select(e => "Audit.Subject." + AuditWords.Plain(e.ClrType.Name))
            .Concat(noted.SelectMany(e => e.GetProperties()).Where(p => !p.IsPrimaryKey() && p.Name is not ("Version" or VolunteerConfiguration.NameKey)).Select(p => "Audit.Field." + p.Name));
        Assert.Empty(wanted.Distinct().Except(Texts).Order(StringComparer.Ordinal));
        Assert.Empty(noted.Select(e => AuditWords.Plain(e.ClrType.Name)).Except(AuditWords.Subjects));
    }

    [Fact]
    public async Task Every_choice_that_is_noted_has_a_word()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        await using var db = await hub.DbAsync();
        var choices = Noted(db).SelectMany(e => e.GetProperties()).Select(p => Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType)
            .Select(t => t.IsGenericType ? t.GetGenericArguments()[0] : t).Where(t => t.IsEnum).Distinct();
        Assert.Empty(choices.SelectMany(t => Enum.GetNames(t).Where(n => n != "None").Select(n => $"{t.Name}.{n}")).Except(Texts));
    }

    private static List<Microsoft.EntityFrameworkCore.Metadata.IEntityType> Noted(HubDbContext db)
    {
        Type[] silent = [typeof(AuditLine), typeof(AssignmentChange), typeof(RequestStep), typeof(VolunteerHub.Domain.Hours.HourStep), typeof(VolunteerHub.Domain.Hours.EvaluationStep), typeof(SearchTerm), typeof(ImportedRow), typeof(VolunteerHub.Domain.Rosters.RosterEdit), typeof(CoverAsk), typeof(Notice), typeof(Message), typeof(StaffingSeen), typeof(BackgroundJobState), typeof(VolunteerHub.Web.Features.Reports.RunTally), typeof(JournalPage), typeof(RevokedCode),
            typeof(IdentityUserRole<Guid>), typeof(IdentityUserPasskey<Guid>), typeof(IdentityPasskeyData)];
        return [.. db.Model.GetEntityTypes().Where(e => !silent.Contains(e.ClrType))];
    }

    [Fact]
    public void Every_action_and_every_part_of_the_house_has_a_word()
    {
        var actions = typeof(AuditActions).GetFields().Select(f => (string)f.GetValue(null)!).Concat(typeof(AttendanceCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AttendanceCommand))).Select(t => t.Name)).ToList();
        Assert.Empty(actions.Except(AuditWords.Actions));
        Assert.Empty(AuditWords.Actions.Select(a => "Audit.Action." + a).Except(Texts));
        Assert.Empty(JobsSetup.All.Select(j => "Audit.Area." + j.Namespace!.Split('.')[3]).Distinct().Except(Texts));
    }

    [Fact]
    public void A_word_for_an_attempt_names_a_job_that_is_there() =>
        Assert.Empty(Texts.Where(t => t.StartsWith("Audit.Job.", StringComparison.Ordinal)).Select(t => t["Audit.Job.".Length..]).Except(JobsSetup.All.Select(j => j.Name)));
}
