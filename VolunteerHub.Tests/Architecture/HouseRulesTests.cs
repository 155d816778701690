using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Common;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Components;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Architecture;

/// <summary>The conventions that keep the house in one hand, where a machine can see them.</summary>
public sealed class HouseRulesTests
{
    private const int LongestFile = 400;

    /// <summary>The writer of attendance, and what happens at start-up.</summary>
    private static readonly string[] MaySpeakSql =
        ["VolunteerHub.Web/Data/AttendanceStore.cs", "VolunteerHub.Web/Data/AttendanceJournal.cs", "VolunteerHub.Web/Data/SqliteStatement.cs", "VolunteerHub.Web/Data/DatabaseStart.cs", "VolunteerHub.Web/Data/Interceptors/SqliteSettings.cs",
            "VolunteerHub.Web/Data/Interceptors/JournalInterceptor.cs"];

    private static readonly IReadOnlyList<Source> Web = Source.Of("VolunteerHub.Web", ".cs", ".razor");
    private static readonly IReadOnlyList<Source> Domain = Source.Of("VolunteerHub.Domain", ".cs");

    private static IEnumerable<Type> Jobs => typeof(App).Assembly.GetTypes()
        .Where(t => t is { IsClass: true } && t.Namespace?.StartsWith("VolunteerHub.Web.Features.", StringComparison.Ordinal) == true && !t.IsSubclassOf(typeof(ComponentBase)))
        .Where(t => Verbs(t).Any());

    private static IEnumerable<Type> Screens => typeof(App).Assembly.GetTypes().Where(t => t.IsDefined(typeof(RouteAttribute)));

    [Fact]
    public void The_domain_knows_nothing_outside_itself()
    {
        var project = XDocument.Load(Source.At("VolunteerHub.Domain", "VolunteerHub.Domain.csproj"));
        Assert.DoesNotContain(project.Descendants(), e => e.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal));
        Assert.All(typeof(Reason).Assembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(Domain, s => s.Code.Contains("VolunteerHub.Web", StringComparison.Ordinal));
    }

    [Fact]
    public void A_job_is_one_sealed_class_with_one_family_of_verbs()
    {
        Assert.NotEmpty(Jobs);
        Assert.All(Jobs, job =>
        {
            Assert.True(job.IsSealed, job.Name);
            Assert.Contains(job, JobsSetup.All);
            var verbs = Verbs(job).ToList();
            Assert.True(verbs.All(v => v.Name.StartsWith("Run", StringComparison.Ordinal)) || verbs.All(v => v.Name.StartsWith("Load", StringComparison.Ordinal)), $"{job.Name} both runs and loads");
            Assert.Single(verbs, v => v.Name is "RunAsync" or "LoadAsync");
        });
    }

    [Fact]
    public void A_job_takes_its_cancellation_last() => Assert.All(
        Jobs.SelectMany(Verbs), verb => Assert.True(verb.GetParameters().LastOrDefault()?.ParameterType == typeof(CancellationToken), $"{verb.DeclaringType!.Name}.{verb.Name}"));

    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        var own = new[] { typeof(Reason), typeof(App) }.SelectMany(t => t.Assembly.GetTypes()).Where(t => t.Namespace?.StartsWith("VolunteerHub", StringComparison.Ordinal) == true).ToList();
        // A typed id says of itself what it is; reflection does not count it for the open interface.
        Assert.DoesNotContain(own.Where(t => t is { IsInterface: true, IsGenericTypeDefinition: false }), i => own.Count(t => t.IsClass && t.IsAssignableTo(i)) < 2);
    }

    [Fact]
    public void A_context_comes_from_its_factory() =>
        Assert.DoesNotContain(Web, s => Regex.IsMatch(s.Code, $@"new {nameof(HubDbContext)}\("));

    [Fact]
    public void A_refusal_of_rights_goes_through_the_unit_of_work_that_notes_it()
    {
        // The scan at the door has no unit of work: only an invitation link could be refused there, and none leads there.
        string[] exempt = ["VolunteerHub.Web/Data/HubTransaction.cs", "VolunteerHub.Web/Features/CheckIn/CheckInVolunteer.cs", "VolunteerHub.Web/Features/CheckIn/CheckInPages.cs"];
        Assert.Empty(Web.Where(s => s.Code.Contains("new NotAllowed()", StringComparison.Ordinal)).Select(s => s.Path).Except(exempt));
    }

    [Fact]
    public void Raw_SQL_is_spoken_by_the_writer_and_at_start_up_only()
    {
        var speakers = Web.Where(s => Regex.IsMatch(s.Code, @"CommandText|FromSql|ExecuteSql|SqlQuery|SqliteCommand\b|sqlite3_")).Select(s => s.Path).ToList();
        Assert.Subset(MaySpeakSql.ToHashSet(), speakers.ToHashSet());
        Assert.NotEmpty(speakers);
    }

    [Fact]
    public void Nothing_is_left_for_later() => Assert.DoesNotContain(
        Web.Concat(Domain).Concat(Source.Of("VolunteerHub.Tests", ".cs").Where(s => !s.Path.EndsWith("/HouseRulesTests.cs", StringComparison.Ordinal))).Concat(Source.Of("VolunteerHub.Web", ".css", ".js")),
        s => Regex.IsMatch(s.Text, @"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|#region"));

    [Fact]
    public void No_file_is_too_long_to_be_read() => Assert.DoesNotContain(Web.Concat(Domain), s => s.Text.Count(c => c == '\n') > LongestFile);

    [Fact]
    public void What_people_read_stands_in_the_texts_and_not_in_the_code()
    {
        // Ideographs, and the punctuation that goes with them; ＋ is a sign on a button.
        var spoken = Web.SelectMany(s => s.Code.Split('\n').Where(line => Regex.IsMatch(line, @"[\u3000-\u303F\u4E00-\u9FFF\uFF01-\uFF0A\uFF0C-\uFF60]")).Select(line => $"{s.Path}: {line.Trim()}"));
        Assert.Empty(spoken);
    }

    [Fact]
    public void Every_screen_is_for_leaders()
    {
        Assert.NotEmpty(Screens);
        Assert.All(Screens.Where(s => s != typeof(NotFoundPage)), s => Assert.Equal((s.Name, IdentitySetup.StaffPolicy), (s.Name, s.GetCustomAttribute<AuthorizeAttribute>()?.Policy)));
        Assert.NotNull(typeof(NotFoundPage).GetCustomAttribute<AuthorizeAttribute>());
    }

    private static IEnumerable<MethodInfo> Verbs(Type type) => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(m => Regex.IsMatch(m.Name, "^(Run|Load)[A-Za-z]*Async$"));
}
