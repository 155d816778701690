using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Platform.Sentences;

/// <summary>
/// Turns a <see cref="Reason"/> into a sentence: the text is found by the type's name, its places are filled with
/// the record's properties in the order of declaration.
/// </summary>
public sealed class ReasonTexts(IStringLocalizer<Texts> texts, CommunityTime time)
{
    public string Of(Reason reason)
    {
        var values = ValuesOf(reason).Select(v => (object?)Shown(reason, v)).ToArray();
        return string.Format(CultureInfo.CurrentCulture, texts[KeyOf(reason.GetType())], values);
    }

    /// <summary>The key under which the sentence of a reason stands in the resource files.</summary>
    public static string KeyOf(Type reason) => "Reason." + reason.Name;

    private static IEnumerable<object?> ValuesOf(Reason reason) => reason.GetType().GetConstructors()
        .OrderByDescending(c => c.GetParameters().Length).First().GetParameters()
        .Select(p => reason.GetType().GetProperty(p.Name!, BindingFlags.Public | BindingFlags.Instance)?.GetValue(reason));

    private string Shown(Reason reason, object? value) =>
        // A language travels as its ISO code and is shown by its name.
        reason is LanguageLacking or LanguageSpoken ? texts[$"Language.{value}"] : Shown(value);

    private string Shown(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTimeOffset instant => time.DayOf(instant) == time.Today ? time.Time(instant) : $"{time.Day(instant)} {time.Time(instant)}",
        TimeSlot slot => time.When(slot),
        DateOnly day => time.FullDay(day),
        Reason inner => Of(inner),
        Enum name => texts[$"{name.GetType().Name}.{name}"],
        IEnumerable several => string.Join(texts["List.Separator"], several.Cast<object?>().Select(Shown)),
        IFormattable number => number.ToString(null, CultureInfo.CurrentCulture),
        _ => value.ToString() ?? "",
    };
}
