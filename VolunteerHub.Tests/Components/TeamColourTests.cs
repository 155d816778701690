using System.Globalization;
using System.Text.RegularExpressions;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Teams;

namespace VolunteerHub.Tests.Components;

/// <summary>The glyph of a team is read on its colour, in the light and in the dark.</summary>
public sealed class TeamColourTests
{
    private static readonly string Css = File.ReadAllText(Source.At("VolunteerHub.Web", "wwwroot", "css", "tokens.css"));

    [Theory]
    [InlineData(":root {")]
    [InlineData(":root[data-mode=dark] {")]
    [InlineData("@media (prefers-color-scheme:dark) {")]
    public void Every_colour_of_a_team_carries_its_glyph(string scheme)
    {
        var from = Css.IndexOf(scheme, StringComparison.Ordinal);
        var tokens = Regex.Matches(Css[from..(Css.IndexOf('}', from))], @"--([\w-]+):(#[0-9A-F]{6})").ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.All(Enum.GetValues<TeamColour>(), colour =>
        {
            Assert.True(Contrast(tokens["team-" + colour.Token()], tokens["surface"]) >= 4.5, $"{colour} in {scheme}");
            Assert.Contains($".team-{colour.Token()}{{--c:var(--team-{colour.Token()})}}", Css, StringComparison.Ordinal);
        });
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var parts = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToList();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }
}
