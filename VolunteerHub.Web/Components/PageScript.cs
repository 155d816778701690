using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace VolunteerHub.Web.Components;

/// <summary>What a script does on a page (dragging, keys), and what of it must be let go.</summary>
public sealed class PageScript : IAsyncDisposable
{
    private readonly IJSObjectReference _module;
    private readonly IJSObjectReference _attached;
    private readonly IDisposable _page;

    private PageScript(IJSObjectReference module, IJSObjectReference attached, IDisposable page) => (_module, _attached, _page) = (module, attached, page);

    /// <param name="script">Of the circuit.</param>
    /// <param name="file">The module under <c>wwwroot/js</c>.</param>
    /// <param name="attach">The function of the module.</param>
    /// <param name="element">Within which it works.</param>
    /// <param name="page">Whose methods it calls.</param>
    public static async Task<PageScript> AttachAsync<TPage>(IJSRuntime script, string file, string attach, ElementReference element, TPage page) where TPage : class
    {
        var module = await script.InvokeAsync<IJSObjectReference>("import", $"/js/{file}");
        var self = DotNetObjectReference.Create(page);
        return new(module, await module.InvokeAsync<IJSObjectReference>(attach, element, self), self);
    }

    /// <summary>Calls a function of what was attached.</summary>
    public async Task CallAsync(string function, params object?[] with)
    {
        try
        {
            await _attached.InvokeVoidAsync(function, with);
        }
        catch (JSDisconnectedException)
        {
            // The page went with its connection.
        }
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
