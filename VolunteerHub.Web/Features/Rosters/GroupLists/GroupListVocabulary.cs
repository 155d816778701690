using System.Text.Json;
using VolunteerHub.Domain.Rosters.GroupLists;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>The words by which the lists of WeChat groups are read: <c>group-list-words.json</c>, so that a community's own can be added.</summary>
public static class GroupListVocabulary
{
    private const string Resource = "VolunteerHub.Web.Features.Rosters.GroupLists.group-list-words.json";

    public static GroupListWords Known { get; } = Load();

    private static GroupListWords Load()
    {
        using var stream = typeof(GroupListVocabulary).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        return JsonSerializer.Deserialize<GroupListWords>(stream, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{Resource} is empty.");
    }
}
