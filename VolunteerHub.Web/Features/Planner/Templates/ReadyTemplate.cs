using System.Text.Json;
using System.Text.Json.Serialization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;

namespace VolunteerHub.Web.Features.Planner.Templates;

/// <summary>One of the templates that every community is offered (<c>ready-templates.json</c>).</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Shifts">Its shifts.</param>
/// <param name="Team">Code of the ready-made team that usually hosts it, if any.</param>
/// <param name="Line">Its service line, if any.</param>
/// <param name="Helps">Whom it helps.</param>
/// <param name="Groups">Beneficiary groups.</param>
/// <param name="Tag">The string of activities that it belongs to.</param>
/// <param name="MeetAt">Where people meet.</param>
/// <param name="Bring">What they bring.</param>
internal sealed record ReadyTemplate(
    string Title, IReadOnlyList<ReadyShift> Shifts, string? Team = null, ServiceLine? Line = null, IReadOnlyList<HelpTargets>? Helps = null,
    IReadOnlyList<BeneficiaryGroups>? Groups = null, string? Tag = null, string? MeetAt = null, string? Bring = null)
{
    private const string Resource = "VolunteerHub.Web.Features.Planner.Templates.ready-templates.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private static readonly Lazy<IReadOnlyList<ReadyTemplate>> Loaded = new(Load);

    public static IReadOnlyList<ReadyTemplate> All => Loaded.Value;

    /// <summary>Makes the template for a community with these teams.</summary>
    public RunTemplate Make(IReadOnlyList<Team> teams) => new(
        new RunOutline(
            Title, Line, (HelpTargets)(Helps ?? []).Sum(h => (int)h), (BeneficiaryGroups)(Groups ?? []).Sum(g => (int)g), Tag, [], null, MeetAt, Bring,
            [.. Shifts.Select(s => new ShiftOutline(0, s.Start, s.Minutes, [.. s.Posts.Select(p => new PostPlan(null, p.Name, p.Min, p.Max, p.Lead, p.Qualification))]))]),
        teams.FirstOrDefault(t => t.Code == Team)?.Id);

    private static List<ReadyTemplate> Load()
    {
        using var stream = typeof(ReadyTemplate).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        return JsonSerializer.Deserialize<List<ReadyTemplate>>(stream, Json) ?? throw new InvalidOperationException($"{Resource} is empty.");
    }
}

internal sealed record ReadyShift(TimeOnly Start, int Minutes, IReadOnlyList<ReadyPost> Posts);

internal sealed record ReadyPost(string Name, int Min, int Max, bool Lead = false, string? Qualification = null);
