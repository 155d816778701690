using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Components;
using VolunteerHub.Web.Platform.Sentences;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Tests.Architecture;

/// <summary>Every reason has a sentence, and no sentence shows what only a programmer reads.</summary>
public sealed class ReasonTextsTests
{
    private static readonly IReadOnlyList<Type> All =
    [
        .. new[] { typeof(Reason), typeof(App) }.SelectMany(t => t.Assembly.GetTypes())
            .Where(t => t.IsSubclassOf(typeof(Reason)) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_reason_becomes_a_sentence(string name)
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { StartWriter = false });
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var type = All.Single(t => t.Name == name);
        var text = hub.Get<IStringLocalizer<Texts>>()[ReasonTexts.KeyOf(type)];
        Assert.False(text.ResourceNotFound);
        var given = Constructor(type).GetParameters().Length;
        Assert.All(Regex.Matches(text.Value, @"\{(\d)\}").Select(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), place => Assert.InRange(place, 0, given - 1));
        foreach (var sample in SamplesOf(type, hub))
        {
            var sentence = hub.Get<ReasonTexts>().Of(sample);
            Assert.NotEqual("", sentence);
            // No key that was not found, no type name, no place left open, no time zone.
            // The kinds of files have no other names.
            Assert.DoesNotMatch(@"[{}]|[A-Za-z]{3,}|\+00:00|\d\d/\d\d/", Regex.Replace(sentence, @"\bExcel\b|\bWPS\b|\.xlsx?\b|\.csv\b", ""));
        }
    }

    [Fact]
    public void Two_reasons_never_share_a_name() => Assert.Equal(All.Count, All.Select(t => t.Name).Distinct().Count());

    private static System.Reflection.ConstructorInfo Constructor(Type type) => type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;

    /// <summary>One instance, or one for each value of an enum that it carries.</summary>
    private static IEnumerable<Reason> SamplesOf(Type type, TestHub hub)
    {
        var choices = Constructor(type).GetParameters().Select(p => ChoicesFor(type, p.ParameterType, hub)).ToList();
        for (var i = 0; i < choices.Select(c => c.Count).DefaultIfEmpty(1).Max(); i++)
            yield return (Reason)Constructor(type).Invoke([.. choices.Select(c => c[i % c.Count])]);
    }

    private static IReadOnlyList<object> ChoicesFor(Type reason, Type type, TestHub hub) => type switch
    {
        _ when type == typeof(string) && (reason == typeof(LanguageLacking) || reason == typeof(LanguageSpoken)) => ["mn", "sgn"],
        _ when type == typeof(string) => ["护士"],
        _ when type == typeof(int) => [3],
        _ when type == typeof(long) => [3L],
        _ when type == typeof(DateTimeOffset) => [hub.Now, hub.Now.AddDays(2)],
        _ when type == typeof(DateOnly) => [hub.Today],
        _ when type == typeof(TimeSlot) => [new TimeSlot(hub.Now, hub.Now.AddHours(2)), new TimeSlot(hub.Now.AddDays(3), hub.Now.AddDays(3).AddHours(2))],
        _ when type == typeof(IReadOnlyList<Obstacle>) => [new Obstacle[] { new NotAMember(), new QualificationLacking("护士") }],
        _ when type == typeof(IReadOnlyList<SeatClash>) => [new SeatClash[] { new("护士", new TimeSlot(hub.Now, hub.Now.AddHours(2)), "护士", new TimeSlot(hub.Now, hub.Now.AddHours(1))) }],
        _ when type == typeof(Refusal) => [new PostIsFull("护士", 3)],
        _ when type == typeof(decimal) => [1.5m],
        { IsEnum: true } => [.. Enum.GetValues(type).Cast<object>()],
        _ => throw new InvalidOperationException($"{reason.Name} carries a {type.Name}: say here what one looks like."),
    };
}
