using System.Text.Json;
using System.Text.Json.Serialization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;

namespace VolunteerHub.Web.Features.Administration.SetUp;

/// <summary>One of the eight teams that an empty installation is offered (<c>ready-teams.json</c>); its colour is the token of its code.</summary>
/// <param name="Code">By which addresses name it.</param>
/// <param name="Name">As offered; a community calls it as it likes.</param>
/// <param name="Glyph">One character that stands for it.</param>
/// <param name="About">What it does.</param>
/// <param name="Line">The service line that it leads, if any.</param>
/// <param name="NamedBySource">Whether the community's own publications name it; the others are inferred from the service lines.</param>
public sealed record ReadyTeam(string Code, string Name, string Glyph, string About, ServiceLine? Line, bool NamedBySource)
{
    private const string Resource = "VolunteerHub.Web.Features.Administration.SetUp.ready-teams.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private static readonly Lazy<IReadOnlyList<ReadyTeam>> Loaded = new(Load);

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<ReadyTeam> All => Loaded.Value;

    /// <summary>Makes the team.</summary>
    /// <param name="name">As the community calls it.</param>
    /// <param name="order">Place in lists.</param>
    public Team Make(string name, int order)
    {
        var team = new Team(Code, name, Glyph, Line, NamedBySource, order);
        team.Revise(name, Glyph, team.Colour, Line, About, order);
        return team;
    }

    private static IReadOnlyList<ReadyTeam> Load()
    {
        using var stream = typeof(ReadyTeam).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        return JsonSerializer.Deserialize<List<ReadyTeam>>(stream, Json) ?? throw new InvalidOperationException($"{Resource} is empty.");
    }
}
