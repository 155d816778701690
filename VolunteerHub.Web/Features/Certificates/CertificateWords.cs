using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>What stands on a certificate, in words: the paper, its PDF and the page that confirms it say the same.</summary>
internal static class CertificateWords
{
    public static string Period(IStringLocalizer<Texts> texts, CommunityTime time, DateOnly? from, DateOnly? until) => (from, until) switch
    {
        (null, null) => texts["Certificate.All"],
        ({ } first, null) => texts["Certificate.Since", time.FullDay(first)],
        (null, { } last) => texts["Certificate.Until", time.FullDay(last)],
        ({ } first, { } last) => texts["Certificate.FromUntil", time.FullDay(first), time.FullDay(last)],
    };

    /// <summary>The period that was asked for, with the days of the first and the last service in it.</summary>
    public static string Served(IStringLocalizer<Texts> texts, CommunityTime time, CertificateStatement statement)
    {
        var period = Period(texts, time, statement.From, statement.Until);
        if (statement is not { FirstServed: { } first, LastServed: { } last }) return period;
        var days = Days(texts, time, first, last);
        return statement is { From: null, Until: null } ? days : texts["Certificate.ServedWithin", period, days];
    }

    /// <summary>From the first day to the last, or the one day that is both.</summary>
    public static string Days(IStringLocalizer<Texts> texts, CommunityTime time, DateOnly first, DateOnly last) =>
        first == last ? time.FullDay(first) : texts["Certificate.FromUntil", time.FullDay(first), time.FullDay(last)];

    public static string Line(IStringLocalizer<Texts> texts, CertifiedLine line) => line.Line is { } known ? texts[$"ServiceLine.{known}"] : texts["Certificate.NoLine"];

    public static string Content(IStringLocalizer<Texts> texts, CertifiedLine line) =>
        texts[line.LeavesOut() ? "Certificate.ContentMore" : "Certificate.Content", string.Join(texts["List.Separator"], line.Titles), line.Runs];

    public static string Hours(IStringLocalizer<Texts> texts, long seconds) => texts["Hours", CommunityTime.Hours(TimeSpan.FromSeconds(seconds))];

    public static string Sentence(IStringLocalizer<Texts> texts, CommunityTime time, CertificateStatement statement, string name) =>
        texts["Certificate.Sentence", name, statement.VolunteerNumber, Served(texts, time, statement), Hours(texts, statement.Seconds)];
}
