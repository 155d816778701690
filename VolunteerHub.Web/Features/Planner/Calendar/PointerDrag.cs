using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>The script that lets runs be dragged on a page (<c>planner.js</c>), and what of it must be let go.</summary>
public sealed class PointerDrag : IAsyncDisposable
{
    private readonly IJSObjectReference _module;
    private readonly IJSObjectReference _attached;
    private readonly IDisposable _page;

    private PointerDrag(IJSObjectReference module, IJSObjectReference attached, IDisposable page) => (_module, _attached, _page) = (module, attached, page);

    /// <param name="script">Of the circuit.</param>
    /// <param name="attach">The function of the module.</param>
    /// <param name="element">Within which runs are dragged.</param>
    /// <param name="page">Whose methods are called when a run is dropped.</param>
    public static async Task<PointerDrag> AttachAsync<TPage>(IJSRuntime script, string attach, ElementReference element, TPage page) where TPage : class
    {
        var module = await script.InvokeAsync<IJSObjectReference>("import", "/js/planner.js");
        var self = DotNetObjectReference.Create(page);
        return new(module, await module.InvokeAsync<IJSObjectReference>(attach, element, self), self);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _attached.InvokeVoidAsync("dispose");
            await _attached.DisposeAsync();
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page went with its connection.
        }

        _page.Dispose();
    }
}
