<?php
// Shows the recommendation search and its results in this page. Works in a page of any charset: what the service
// answers is ASCII. The query is handed on exactly as the browser sent it.
function recommendation_search(): string
{
    $address = '{{ links.fragment() }}?{{ address }}&at=' . rawurlencode($_SERVER['SCRIPT_NAME'])
        . '&' . ($_SERVER['QUERY_STRING'] ?? '');
    $wait = stream_context_create(['http' => ['timeout' => 5, 'ignore_errors' => true]]);
    $answer = @file_get_contents($address, false, $wait);
    if ($answer !== false && strpos($answer, '<div class="rs"') === 0) {
        return $answer;
    }
    return '<p><a href="{{ links.search() }}">{{ _("Search the recommendations") | forceescape }}</a></p>';
}

echo recommendation_search();
?>
