using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Joining;

/// <summary>What people type into the form for joining.</summary>
internal static class Typed
{
    public static IReadOnlyList<(string Name, string Value)> Form(string name = "田静", string phone = "139 0470 1122", params IReadOnlyList<(string Name, string Value)> more) =>
    [
        .. new (string, string)[] { ("name", name), ("phone", phone), ("consent", "ServiceRecord"), ("consent", "Contact") }.Where(f => more.All(m => m.Name != f.Item1)),
        .. more.Where(m => m.Value.Length > 0),
    ];

    /// <summary>Opens the form, takes as long as a person takes, and sends it.</summary>
    public static async Task<PlainAnswer> ApplyAsync(this Caller caller, TestSite site, params IReadOnlyList<(string Name, string Value)> typed)
    {
        var page = await caller.GetAsync("/join");
        site.Hub.Clock.Advance(TimeSpan.FromSeconds(20));
        return await caller.SubmitAsync(page, "/join", typed);
    }
}
