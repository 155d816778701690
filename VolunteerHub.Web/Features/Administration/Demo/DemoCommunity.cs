namespace VolunteerHub.Web.Features.Administration.Demo;

public sealed record DemoAccount(string Number, string Name, string RoleKey, string Password);

public sealed class DemoCommunity
{
    public Task PrepareAsync(CancellationToken ct = default) => Task.CompletedTask;

    public Task<IReadOnlyList<DemoAccount>> AccountsAsync(CancellationToken ct = default) => Task.FromResult<IReadOnlyList<DemoAccount>>([]);
}
